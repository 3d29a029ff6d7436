"""Handing over: a delivery of portraits that are made, beside cp, sha256sum and zip of the same bytes, on the same disk in the same run."""
import hashlib
import json
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import time

import roster
from parts import row

PORTRAIT_BYTES = 35_000  # the diploma's window is 30–40 KB


def synced(*command, **options):
    """Seconds until the bytes are on the disk."""
    os.sync()
    begin = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    os.sync()
    return time.monotonic() - begin


def photographed(context, count):
    """A campaign in which `count` students were photographed and their portraits made. The rows are written as a station leaves them; the files are noise of the right size, which
    nobody decodes here: a delivery copies and sums."""
    data, ctl = context.path("data"), f"{context.build}/app/lanmuctl"
    roster.make_csv(context.path("list.csv"), count)
    for words in (("init", "--campaign", "bench", "--school-code", "10618", "--profile", "diploma"), ("import", context.path("list.csv"))):
        subprocess.run([ctl, "--data", data, *words], check=True, stdout=subprocess.DEVNULL)
    profiles = [json.loads(line) for line in subprocess.run([ctl, "--json", "profile", "list"], check=True, capture_output=True, text=True).stdout.splitlines()]
    digest = next(profile["sha256"] for profile in profiles if profile["name"] == "diploma")
    noise = random.Random(1)
    with sqlite3.connect(f"{data}/lanmu.db") as db:
        os.makedirs(f"{data}/portraits", exist_ok=True)
        db.execute("INSERT INTO session (id, program, operator, boot_id, started_wall_us, started_boot_us, ended_wall_us, ended_boot_us) VALUES (900, 'lanmu', 'bench', 'b', 1, 1, 9, 9)")
        for index, (student,) in enumerate(db.execute("SELECT id FROM student ORDER BY id").fetchall(), 1):
            shot, portrait = f"{index:026}", noise.randbytes(PORTRAIT_BYTES)
            db.execute("INSERT INTO binding VALUES (?, 900, ?, NULL, 'queue', 2, 2, 3, 3)", (index, student))
            db.execute("INSERT INTO ticket (id, number, origin, student_id, binding_id, session_id, operator, camera_serial, state, opened_wall_us, opened_boot_us, ended_wall_us) "
                       "VALUES (?, ?, 'host', ?, ?, 900, 'bench', '1', 'attached', 2, 2, 3)", (shot, index, student, index))
            db.execute("INSERT INTO shot (id, ticket_id, student_id, state, sequence_no, origin, sha256, size, path, width, height, exif_time, wall_us) "
                       "VALUES (?, ?, ?, 'attached', ?, 'host', ?, 1, ?, 6000, 4000, '2027:05:01 09:00:00', 3)", (shot, shot, student, index, f"{index:064}", f"shots/{shot}.jpg"))
            db.execute("UPDATE student SET state = 'accepted', chosen_shot = ? WHERE id = ?", (shot, student))
            path = f"portraits/{shot}.jpg"
            with open(f"{data}/{path}", "wb") as file:
                file.write(portrait)
            db.execute("INSERT INTO portrait (shot_id, path, sha256, size, profile, profile_sha256, quality, chroma, x, y, width, height, wall_us) "
                       "VALUES (?, ?, ?, ?, 'diploma', ?, 80, '4:2:0', 0, 0, 480, 640, 3)", (shot, path, hashlib.sha256(portrait).hexdigest(), PORTRAIT_BYTES, digest))
    return data


def deliveries(context):
    count = 1000 if context.quick else 10_000
    data, ctl, out, plain = photographed(context, count), f"{context.build}/app/lanmuctl", context.path("out"), context.path("plain")
    times = {"folder": [], "zip": [], "plain folder": [], "plain zip": []}
    for _ in range(1 if context.quick else 3):
        for kind, more in (("folder", ()), ("zip", ("--zip",))):
            times[kind].append(synced(ctl, "--data", data, "deliver", out, *more))
            shutil.rmtree(out)
        copied = synced("sh", "-c", f"cp -r {data}/portraits {plain} && cd {plain} && find . -type f -print0 | xargs -0 sha256sum > ../SUMS && mv ../SUMS SHA256SUMS")
        times["plain folder"].append(copied)
        times["plain zip"].append(copied + synced("zip", "-q", "-0", "-r", context.path("plain.zip"), "plain", cwd=context.folder))
        shutil.rmtree(plain)
        os.unlink(context.path("plain.zip"))
    mine = {kind: statistics.median(seconds) for kind, seconds in times.items()}
    ratios = {kind: mine[kind] / mine[f"plain {kind}"] for kind in ("folder", "zip")}
    return [row(f"delivering {count:,} portraits as {what}", f"{mine[kind]:.1f} s, with table, sums and signature ({ratios[kind]:.2f} ×)", f"{peer}: {mine[f'plain {kind}']:.1f} s", "≤ 1.3 ×",
                ratios[kind] <= 1.3, **{"ratio": ratios[kind]})
            for kind, what, peer in (("folder", "files", "cp -r, sha256sum"), ("zip", "a zip", "cp -r, sha256sum, zip -0"))]
