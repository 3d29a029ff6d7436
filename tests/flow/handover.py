"""What the flows about deliveries share: a campaign with accepted pictures, and looking at what came out."""
import contextlib
import os
import subprocess

from rig import LANMUCTL, Camera, Rig, Station


@contextlib.contextmanager
def a_campaign(shots=4):
    """`shots` students with an accepted picture each, and the others waiting."""
    rig = Rig()
    camera = Camera(rig.folder, "--model", "nikon")
    station = Station(rig.data, camera.spec).ready()
    try:
        for number in rig.numbers[:shots]:
            station.must(f"bind {number}")
            station.must("shoot")
            station.must("wait")
            station.must("accept")
        station.quit()
        yield rig
    finally:
        if station.process.poll() is None:
            station.kill()
        camera.stop()
        rig.close()


def refused(data, *words, code=1):
    done = subprocess.run([LANMUCTL, "--data", data, *words], capture_output=True, text=True, timeout=60, env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"})
    assert done.returncode == code and done.stderr.count("\n") == 1, (words, done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


def files_of(folder):
    return sorted(os.path.relpath(os.path.join(where, name), folder) for where, _, names in os.walk(folder) for name in names)


def sha256sum(folder):
    return subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, capture_output=True, text=True).returncode == 0
