"""A whole session in a sealed campaign, and then every byte that is left: no ID number, no picture, nothing of the passphrase, wherever it may lie.

What is looked for: the ID numbers, exam numbers and phones of the list; the bytes of every picture the camera took, in pieces; JPEG markers at the start of any file.
"""
import glob
import json
import os
import shutil
import signal
import subprocess

os.environ["LANMU_TEST_SEAL"] = "1"
from rig import LANMUCTL, SEALED, Camera, Rig, Station, ctl, run  # noqa: E402

PASSPHRASE = "four words are better"
IDS = ["11010519491231002X", "34052419800101001X", "440524188001010014"]
EXAM, PHONE = "20231101050001", "13912345678"


def closed():
    """The environment of somebody who was not told the passphrase."""
    return {key: value for key, value in os.environ.items() if key != "LANMU_PASSPHRASE_FILE"}


def refused(data, *words, environment=None, said=""):
    done = subprocess.run([LANMUCTL, "--data", data, "--json", *words], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
                          env={**(environment or os.environ), "LC_ALL": "C.UTF-8"})
    assert done.returncode == 1, f"{words}: {done.returncode} {done.stdout} {done.stderr}"
    assert said in done.stdout + done.stderr, f"{words}: {done.stdout} {done.stderr}"
    return json.loads(done.stdout.splitlines()[0])["kind"]


def files_below(folder):
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            with open(path, "rb") as file:
                yield path, file.read()


def needles(pictures):
    """Of each picture eight pieces of 24 bytes out of its middle: a file that holds any part of it in the clear holds one of them."""
    found = [text.encode() for text in [*IDS, EXAM, PHONE, PASSPHRASE]]
    for bytes_ in pictures:
        found += [bytes_[at:at + 24] for at in range(len(bytes_) // 16, len(bytes_), len(bytes_) // 8)][:8]
    return found


def look(folder, pictures, at_least=5):
    wanted, seen = needles(pictures), 0
    for path, bytes_ in files_below(folder):
        seen += 1
        assert not bytes_.startswith(b"\xff\xd8\xff"), f"a picture in the clear: {path}"
        for needle in wanted:
            assert needle not in bytes_, f"readable in {path}: {needle[:32]!r}"
    assert seen >= at_least, "nothing was looked at"


def import_ids(rig):
    path = os.path.join(rig.folder, "ids.csv")
    with open(path, "w", encoding="utf-8") as out:
        out.write("学号,姓名,性别,证件号码,考生号,班级,手机号\n")
        for i, id_no in enumerate(IDS):
            out.write(f"99{i},学生甲{i},{'女女男'[i]},{id_no},{EXAM},一班,{PHONE}\n")
    ctl(rig.data, "import", path, "--accept", "sex_mismatch,bad_id_date")
    os.unlink(path)


def photographed(rig, camera, *numbers):
    station = Station(rig.data, camera.spec).ready()
    for number in numbers:
        station.must(f"bind {number}")
        station.must("shoot")
        station.must("wait")
        station.must("accept")
    return station


def delivered(rig):
    """The plain pictures, as only the hand-over gives them."""
    out = os.path.join(rig.folder, "out")
    ctl(rig.data, "deliver", out, "--originals", "--name", "{student_no}")
    pictures = [bytes_ for path, bytes_ in files_below(out) if path.lower().endswith(".jpg")]
    shutil.rmtree(out)
    return pictures


def session():
    rig = Rig(6)
    camera = Camera(rig.folder, "--shot-ms", "30", "--startup-ms", "20", "--raw")
    scratch = os.path.join(rig.folder, "tmp")
    os.mkdir(scratch)
    os.environ["TMPDIR"] = scratch
    os.environ["SQLITE_TMPDIR"] = scratch
    try:
        import_ids(rig)
        ctl(rig.data, "correction", "add", "990", f"id_no={IDS[1]}")
        second = os.path.join(rig.folder, "second")
        ctl(rig.data, "backup", "--second", second)
        station = photographed(rig, camera, "990", rig.numbers[0])
        pid = station.process.pid
        station.must(f"bind {rig.numbers[1]}")
        station.send("shoot")
        station.process.send_signal(signal.SIGABRT)  # as a crash would: no core may come of it
        station.process.wait(60)
        assert not [name for name in os.listdir(".") if name.startswith("core") and name.endswith(str(pid))], "a core file was written"
        station = Station(rig.data, camera.spec).ready()  # the card gives what was in memory
        station.must("wait")
        station.quit()
        ctl(rig.data, "portraits")
        ctl(rig.data, "backup")
        ctl(rig.data, "verify")
        pictures = delivered(rig)
        assert len(pictures) >= 2 and all(bytes_.startswith(b"\xff\xd8\xff") for bytes_ in pictures)
        lost = [took["file"] for took in camera.took() if took["sha256"] not in rig.by_sha()]
        assert not lost, f"lost: {lost}"
        look(rig.data, pictures)
        look(second, pictures)
        look(scratch, pictures, at_least=0)
        shots = glob.glob(f"{rig.data}/shots/*/*")
        assert shots and all(open(path, "rb").read(8) == SEALED for path in shots)
        assert glob.glob(f"{second}/shots/*/*"), "no second copy was made"
    finally:
        del os.environ["TMPDIR"], os.environ["SQLITE_TMPDIR"]
        camera.stop()
        rig.close()


def who_may():
    rig = Rig(3)
    try:
        import_ids(rig)
        assert refused(rig.data, "station", environment=closed()) == "closed"
        assert refused(rig.data, "verify", environment=closed()) == "closed"
        assert refused(rig.data, "walkin", "--name", "丁", environment=closed()) == "closed"
        wrong = os.path.join(rig.folder, "wrong")
        with open(wrong, "w", encoding="utf-8") as out:
            out.write("four words are worse\n")
        assert refused(rig.data, "--passphrase-file", wrong, "students") == "passphrase"
        assert refused(rig.data, "--passphrase-file", os.path.join(rig.folder, "none"), "students") in ("not_found", "failed")
        listed = subprocess.run([LANMUCTL, "--data", rig.data, "--json", "students"], capture_output=True, text=True, env=closed(), stdin=subprocess.DEVNULL, check=True)
        rows = [json.loads(line) for line in listed.stdout.splitlines()]
        assert all(row["closed"] and row["id_no"] == "" and row["name"] for row in rows)
        assert [row["id_no"] for row in rig.rows("students")][-3:] == IDS
        found = ctl(rig.data, "--json", "students", "--find", IDS[0][-4:].lower()).splitlines()
        assert [json.loads(line)["student_no"] for line in found] == ["990"]
        second = os.path.join(rig.folder, "second-pass")
        with open(second, "w", encoding="utf-8") as out:
            out.write("another long one\n")
        ctl(rig.data, "seal", "passphrase", "--for", "副主管", "--new-passphrase-file", second, "--small")
        ctl(rig.data, "--passphrase-file", second, "students")
        names = json.loads(ctl(rig.data, "--json", "seal", "status"))["passphrases"]
        assert "副主管" in names
        ctl(rig.data, "seal", "forget", "副主管")
        assert refused(rig.data, "--passphrase-file", second, "students") == "passphrase"
        assert refused(rig.data, "seal", "forget", names.split(",")[0]) == "refused"
        ctl(rig.data, "verify")
    finally:
        rig.close()


def converted():
    """A campaign with everything in it is sealed: what was readable is not any more, and all of it still proves."""
    del os.environ["LANMU_TEST_SEAL"]
    try:
        rig = Rig(3)
    finally:
        os.environ["LANMU_TEST_SEAL"] = "1"
    camera = Camera(rig.folder, "--shot-ms", "30", "--startup-ms", "20")
    try:
        import_ids(rig)
        second = os.path.join(rig.folder, "second")
        ctl(rig.data, "backup", "--second", second)
        photographed(rig, camera, "990", rig.numbers[0]).quit()
        ctl(rig.data, "backup")
        pictures = delivered(rig)
        assert any(IDS[0].encode() in bytes_ for _, bytes_ in files_below(rig.data))
        rig.seal()
        said = json.loads(ctl(rig.data, "--json", "seal", "on", "--small"))
        assert said["files"] >= 4 and said["second_copy_sealed"] and said["copies_removed"] >= 1, said
        look(rig.data, pictures)
        look(second, pictures)
        ctl(rig.data, "verify")
        assert sorted(delivered(rig)) == sorted(pictures)
        again = json.loads(ctl(rig.data, "--json", "seal", "on"))
        assert again["files"] == 0
        photographed(rig, camera, rig.numbers[1]).quit()
        ctl(rig.data, "verify")
        # One file put in the clear, one swapped for another's, one cut: each is named.
        for spoil in (lambda paths: open(paths[0], "wb").write(pictures[0]), lambda paths: shutil.copyfile(paths[0], paths[1]),
                      lambda paths: os.truncate(paths[0], os.path.getsize(paths[0]) - 20)):
            paths = sorted(glob.glob(f"{rig.data}/shots/*/*.jpg"))
            kept = [open(path, "rb").read() for path in paths]
            spoil(paths)
            ctl(rig.data, "verify", expect=1)
            for path, bytes_ in zip(paths, kept):
                with open(path, "wb") as out:
                    out.write(bytes_)
            ctl(rig.data, "verify")
    finally:
        camera.stop()
        rig.close()


def restored():
    """The laptop fell: nothing comes back without the passphrase, everything with it, and not a plain byte on the way."""
    rig = Rig(4)
    camera = Camera(rig.folder, "--shot-ms", "30", "--startup-ms", "20")
    copy = os.path.join(rig.folder, "copy")
    try:
        import_ids(rig)
        photographed(rig, camera, "990", rig.numbers[0]).quit()
        ctl(rig.data, "backup", copy)
        ctl(rig.data, "portraits")
        pictures = delivered(rig)
        zipped = os.path.join(rig.folder, "zipped")
        ctl(rig.data, "deliver", zipped, "--zip", "--print", "pdf", "--name", "{student_no}")  # read through the seal, proved outside it
        ctl("/nowhere", "verify-delivery", zipped)
        victim = sorted(glob.glob(f"{rig.data}/shots/*/*.jpg"))[0]
        os.unlink(victim)
        assert refused(rig.data, "restore", "--pictures", copy, environment=closed()) == "closed"
        assert not os.path.exists(victim)
        ctl(rig.data, "restore", "--pictures", copy)
        ctl(rig.data, "verify")
        os.unlink(victim)
        os.truncate(f"{rig.data}/lanmu.db", 4096)
        before = sorted(path for path, _ in files_below(rig.data))
        assert refused(rig.data, "restore", copy, environment=closed()) == "closed"
        assert sorted(path for path, _ in files_below(rig.data)) == before
        said = json.loads(ctl(rig.data, "--json", "restore", copy).splitlines()[0])
        assert said["ok"] and said["pictures"] == 2 and said["missing"] == 0, said
        ctl(rig.data, "verify")
        assert sorted(delivered(rig)) == sorted(pictures)
        look(rig.data, pictures)
        look(said["set_aside"], pictures, at_least=1)
    finally:
        camera.stop()
        rig.close()


if __name__ == "__main__":
    raise SystemExit(run([("session", session), ("who_may", who_may), ("converted", converted), ("restored", restored)]))
