"""A delivery as its receivers meet it: names, table, sums and signature, looked at with tools that are not ours."""
import csv
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

from handover import a_campaign, files_of, refused, sha256sum
from rig import LANMUCTL, Camera, Station, ctl, run

PEOPLE = 4


def whole_and_proved():
    with a_campaign(PEOPLE) as rig:
        out = f"{rig.folder}/out"
        answer = json.loads(ctl(rig.data, "--json", "deliver", out, "--originals", "--name", "学号={学院}/{班级}/{学号}", "--name", "name={name}").splitlines()[-1])
        assert answer["people"] == PEOPLE, answer
        names = [name for name in files_of(out) if name.endswith(".jpg")]
        assert len(names) == 2 * PEOPLE and f"学号/交通运输学院/交通工程1801班/{rig.numbers[0]}.jpg" in names, names
        assert sha256sum(out)
        subprocess.run(["jpeginfo", "--check", *[f"{out}/{name}" for name in names]], check=True, stdout=subprocess.DEVNULL)
        with open(f"{out}/list.csv", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["学号"] for row in rows] == rig.numbers[:PEOPLE] and "证件号" not in rows[0], rows
        chosen = {row["student_no"]: row["sha256"] for row in rig.rows("shots") if row["chosen"]}
        assert {row["学号"]: row["SHA256"] for row in rows} == chosen
        proof = json.loads(ctl("/nowhere", "--json", "verify-delivery", out))
        assert proof["files"] == 2 * PEOPLE + 2 and proof["key"] == answer["key"], proof
        ctl("/nowhere", "verify-delivery", out, "--key", answer["key"])
        assert "another station" in refused("/nowhere", "verify-delivery", out, "--key", "0000-0000-0000-0000")
        assert "is there already" in refused(rig.data, "deliver", out, "--originals")
        with sqlite3.connect(f"{rig.data}/lanmu.db") as db:
            assert db.execute("SELECT people, ended_us IS NOT NULL FROM delivery").fetchall() == [(PEOPLE, 1)]


def every_change_is_found():
    with a_campaign(2) as rig:
        out = f"{rig.folder}/out"
        ctl(rig.data, "deliver", out, "--originals")
        first = next(name for name in files_of(out) if name.endswith(".jpg"))

        def broken(change):
            copy = f"{rig.folder}/copy"
            shutil.copytree(out, copy)
            change(copy)
            said = refused("/nowhere", "--json", "verify-delivery", copy)
            shutil.rmtree(copy)
            return {json.loads(line).get("finding") for line in said.splitlines() if line.startswith("{")} - {None}

        def flip(folder, name=first):
            with open(f"{folder}/{name}", "r+b") as file:
                file.seek(100)
                byte = file.read(1)
                file.seek(100)
                file.write(bytes([byte[0] ^ 1]))

        def swap_sums(folder):
            """Somebody gives the first picture the second's face and mends the sums."""
            with open(f"{folder}/SHA256SUMS", encoding="utf-8") as file:
                lines = file.read().splitlines()
            jpegs = [i for i, line in enumerate(lines) if line.endswith(".jpg")]
            a, b = jpegs[0], jpegs[1]
            shutil.copy(f"{folder}/{lines[b][66:]}", f"{folder}/{lines[a][66:]}")
            lines[a] = lines[b][:66] + lines[a][66:]
            with open(f"{folder}/SHA256SUMS", "w", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
            assert sha256sum(folder)

        assert broken(flip) == {"altered"}
        assert broken(lambda folder: flip(folder, "list.csv")) == {"altered"}
        assert broken(lambda folder: os.unlink(f"{folder}/{first}")) == {"missing"}
        assert broken(lambda folder: shutil.copy(f"{folder}/{first}", f"{folder}/more.jpg")) == {"extra"}
        assert broken(lambda folder: os.unlink(f"{folder}/SHA256SUMS.sig")) == {"unsigned"}
        assert broken(lambda folder: os.unlink(f"{folder}/SHA256SUMS")) == {"no-manifest"}
        assert broken(swap_sums) == {"bad-signature"}
        assert broken(lambda folder: open(f"{folder}/SHA256SUMS", "a", encoding="utf-8").write("0" * 64 + "  ../../etc/passwd\n")) >= {"bad-manifest", "bad-signature"}


def only_what_is_new():
    with a_campaign(2) as rig:
        ctl(rig.data, "deliver", f"{rig.folder}/one", "--originals")
        assert "nothing to deliver" in refused(rig.data, "deliver", f"{rig.folder}/two", "--originals", "--new")
        camera = Camera(rig.folder, "--model", "nikon")
        station = Station(rig.data, camera.spec).ready()
        for command in (f"bind {rig.numbers[5]}", "shoot", "wait", "accept"):
            station.must(command)
        station.quit()
        camera.stop()
        answer = json.loads(ctl(rig.data, "--json", "deliver", f"{rig.folder}/two", "--originals", "--new").splitlines()[-1])
        assert (answer["people"], answer["delivered_before"]) == (1, 2), answer
        assert sha256sum(f"{rig.folder}/two")


def nobody_is_left_out_silently():
    with a_campaign(3) as rig:
        out = f"{rig.folder}/out"
        said = refused(rig.data, "deliver", out, "--originals", "--name", "{class}")  # one name for everybody
        assert said.count("collision") == 2, said
        said = refused(rig.data, "deliver", out, "--originals", "--name", "{id_no}")  # nobody has one
        assert said.count("证件号") == 3, said
        with sqlite3.connect(f"{rig.data}/lanmu.db") as db:
            db.execute("UPDATE student SET name = 'A/B:C' WHERE student_no = ?", (rig.numbers[1],))
            db.execute("UPDATE student SET name = 'nul' WHERE student_no = ?", (rig.numbers[2],))
        said = refused(rig.data, "deliver", out, "--originals", "--name", "{name}")
        assert "A/B:C" in said and rig.numbers[2] in said, said
        assert not os.path.exists(out) and not os.path.exists(out + ".part")
        ctl(rig.data, "deliver", out, "--originals", "--name", "{name}", "--accept", "name")
        with open(f"{out}/delivery.json", encoding="utf-8") as file:
            about = json.load(file)
        assert about["people"] == 1 and [named["who"] for named in about["named"]] == [rig.numbers[1], rig.numbers[2]], about
        ctl(rig.data, "countersign", "after")
        assert refused(rig.data, "deliver", f"{rig.folder}/two", "--originals").count("not-countersigned") == 3


def altered_picture_stops_it():
    with a_campaign(2) as rig:
        path = next(row["path"] for row in rig.rows("shots") if row["student_no"] == rig.numbers[1])
        with open(f"{rig.data}/{path}", "r+b") as file:
            file.truncate(5000)
        said = refused(rig.data, "deliver", f"{rig.folder}/out", "--originals")
        assert "not the picture that was recorded" in said and not os.path.exists(f"{rig.folder}/out"), said


def killed_and_resumed():
    """Killed again and again, each time a little later; what is there at the end is whole, and was never there in part."""
    with a_campaign(3) as rig:
        out = f"{rig.folder}/out"
        words = [LANMUCTL, "--data", rig.data, "deliver", out, "--originals"]
        for attempt in range(120):
            process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(attempt * 0.003)  # where it dies is what varies, nothing waits for it
            process.send_signal(signal.SIGKILL)
            process.wait()
            if os.path.exists(out):
                break
        if not os.path.exists(out):
            ctl(rig.data, "deliver", out, "--originals")
        ctl("/nowhere", "verify-delivery", out)
        assert not os.path.exists(out + ".part")
        refused(rig.data, "deliver", f"{rig.folder}/two", "--originals", "--new")  # settles what the kill left, and knows it all went out
        with sqlite3.connect(f"{rig.data}/lanmu.db") as db:
            assert db.execute("SELECT count (*) FROM delivery WHERE ended_us IS NOT NULL").fetchone() == (1,)
            assert db.execute("SELECT count (*) FROM delivery WHERE ended_us IS NULL").fetchone() == (0,)
        ctl(rig.data, "verify")


def gb18030_table():
    with a_campaign(1) as rig:
        with sqlite3.connect(f"{rig.data}/lanmu.db") as db:
            db.execute("UPDATE student SET name = '𠮷·买买提' WHERE student_no = ?", (rig.numbers[0],))
        ctl(rig.data, "deliver", f"{rig.folder}/out", "--originals", "--table", "gb18030", "--name", "{name}-{sequence_no}")
        with open(f"{rig.folder}/out/list-gb18030.csv", encoding="gb18030", newline="") as file:
            assert next(csv.DictReader(file))["姓名"] == "𠮷·买买提"
        assert any(name.startswith("𠮷·买买提-") for name in files_of(f"{rig.folder}/out"))


sys.exit(run([(flow.__name__, flow) for flow in (whole_and_proved, every_change_is_found, only_what_is_new, nobody_is_left_out_silently, altered_picture_stops_it,
                                                 killed_and_resumed, gb18030_table)]))
