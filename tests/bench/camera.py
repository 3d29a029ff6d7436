"""The simulated camera, and gphoto2 beside us on the same camera."""
import json
import os
import pty
import re
import select
import socket
import subprocess
import threading
import time


def cpu_seconds(pid):
    """CPU time of one process so far, user and system."""
    with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024


def children(pid):
    """Processes started by pid, by name."""
    found = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8", errors="replace") as file:
                text = file.read()
        except OSError:
            continue
        if int(text.rsplit(")", 1)[1].split()[1]) == pid:
            found[text[text.index("(") + 1:text.rindex(")")]] = int(entry)
    return found


def wait_for(condition, what, seconds):
    """Asks until condition() is true."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what} did not come within {seconds} s")
        time.sleep(0.05)


class Simcam:
    """lanmu-simcam for the length of a with block, its live picture painted ahead: it is the camera that is measured against, not the painter. It ends with
    this program whatever happens."""

    def __init__(self, build, *options):
        self.command = [os.path.join(build, "capture/lanmu-simcam"), "--warm", "--control", "0", "--die-with-parent", *map(str, options)]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        said = json.loads(self.process.stdout.readline())
        self.port, self.control = said["port"], said["control"]
        threading.Thread(target=self.process.stdout.read, daemon=True).start()  # its ledger: a full pipe would stop it
        try:
            wait_for(lambda: not self.status()["painting"], "the painted live picture", 180)
        except BaseException:
            self.__exit__()
            raise
        return self

    def tell(self, line):
        """A line to the control port; answers what follows "ok"."""
        with socket.create_connection(("127.0.0.1", self.control), 10) as link:
            link.sendall((line + "\n").encode())
            answer = link.makefile(encoding="utf-8").readline().strip()
        if not answer.startswith("ok"):
            raise RuntimeError(f"the simulated camera refused {line!r}: {answer}")
        return answer[2:].strip()

    def status(self):
        return json.loads(self.tell("status"))

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    @property
    def spec(self):
        return f"ptpip:127.0.0.1:{self.port}"


class Gphoto:
    """gphoto2 with a HOME of its own: its settings file is not ours to touch."""

    def __init__(self, simcam, folder):
        self.folder = folder
        self.environment = {**os.environ, "HOME": folder, "LC_ALL": "C.UTF-8"}
        self.command = ["gphoto2", "--port", f"{simcam.spec}:{simcam.port}", "--camera", "PTP/IP Camera"]

    def movie(self, seconds, into):
        """Live frames to the file `into`; answers (frames a second, CPU ms a frame) over the window after the first second."""
        frames, begin, cpu, tail = 0, None, 0.0, b""
        process = subprocess.Popen([*self.command, "--capture-movie", "--stdout"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                   env=self.environment, cwd=self.folder)
        started = time.monotonic()
        with open(into, "wb") as file:
            while begin is None or time.monotonic() - begin < seconds:
                if not select.select([process.stdout], [], [], 10)[0]:
                    raise RuntimeError("gphoto2 shows no frames")
                data = os.read(process.stdout.fileno(), 1 << 20)
                if not data:
                    raise RuntimeError("gphoto2 ended early")
                if begin is None and time.monotonic() - started > 1.5:
                    begin, frames, cpu = time.monotonic(), 0, cpu_seconds(process.pid)
                file.write(data)
                frames += (tail + data).count(b"\xff\xd8\xff")
                tail = data[-2:]
        spent, length = cpu_seconds(process.pid) - cpu, time.monotonic() - begin
        process.terminate()
        process.wait()
        return frames / length, spent / max(frames, 1) * 1000

    def shots(self, count):
        """Milliseconds from asking to the file, for each of `count` pictures on one held connection (gphoto2 --shell, files kept on the card)."""
        ours, its = pty.openpty()
        process = subprocess.Popen([*self.command, "--set-config", "capturetarget=1", "--keep", "--force-overwrite", "--shell"],
                                   stdin=its, stdout=its, stderr=its, env={**self.environment, "TERM": "dumb"}, cwd=self.folder, start_new_session=True)
        os.close(its)
        times = []
        try:
            self._until(ours, rb"gphoto2: \{[^\r\n]*> $")
            for _ in range(count):
                begin = time.monotonic()
                os.write(ours, b"capture-image-and-download\n")
                self._until(ours, rb"Saving file as [^\r\n]+")
                times.append((time.monotonic() - begin) * 1000)
                self._until(ours, rb"gphoto2: \{[^\r\n]*> $")
            os.write(ours, b"exit\n")
        finally:
            process.kill()  # its shell may not hear SIGTERM
            process.wait()
            os.close(ours)
        return times

    @staticmethod
    def _until(descriptor, pattern, seconds=30):
        heard = b""
        while not re.search(pattern, heard):
            if not select.select([descriptor], [], [], seconds)[0]:
                raise RuntimeError(f"gphoto2 --shell did not say {pattern!r}: {heard[-200:]!r}")
            heard += os.read(descriptor, 65536)
        return heard
