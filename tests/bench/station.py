"""A headless station (lanmuctl station) driven by lines, and the folders it works on."""
import json
import os
import queue
import subprocess
import threading
import time


def lanmuctl(build, data, *arguments):
    answer = subprocess.run([os.path.join(build, "app/lanmuctl"), "--data", data, *arguments], capture_output=True, text=True)
    if answer.returncode != 0:
        raise RuntimeError(f"lanmuctl {' '.join(arguments)}: {answer.stderr.strip() or answer.stdout.strip()}")
    return answer.stdout


def campaign(build, data, students, classes):
    """A fresh data folder with a list of synthetic students; answers their numbers in order."""
    sheet = data + ".csv"
    lanmuctl(build, data, "sample", "--students", str(students), "--classes", str(classes), sheet)
    lanmuctl(build, data, "init", "--campaign", "Bench", "--school-code", "10618", "--profile", "diploma")
    lanmuctl(build, data, "import", sheet)
    with open(sheet, encoding="utf-8-sig") as file:
        return [line.split(",")[0] for line in file.read().splitlines()[1:]]


class Station:
    """Commands in, JSON lines out, for the length of a with block. Answers come in order; events are kept until somebody waits for them."""

    def __init__(self, build, data, camera):
        self.process = subprocess.Popen([os.path.join(build, "app/lanmuctl"), "--data", data, "--camera", camera, "station"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self.answers, self.events = queue.Queue(), queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            said = json.loads(line)
            said["heard"] = time.monotonic()
            (self.answers if "re" in said else self.events).put(said)

    def ask(self, command, seconds=60):
        begin = time.monotonic()
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = self._answer(command.split()[0], seconds)
        answer["took_ms"] = (answer["heard"] - begin) * 1000
        return answer

    def _answer(self, to, seconds):
        answer = self.answers.get(timeout=seconds)
        if answer["re"] != to or not answer.get("ok"):
            raise RuntimeError(f"{to}: {answer}")
        return answer

    def event(self, kind, seconds=60, **wanted):
        deadline = time.monotonic() + seconds
        while True:
            said = self.events.get(timeout=max(0.01, deadline - time.monotonic()))
            if said.get("event") == "failed" and kind == "shot":
                raise RuntimeError(f"a shot failed: {said}")
            if said.get("event") == kind and all(said.get(key) == value for key, value in wanted.items()):
                return said

    def __enter__(self):
        self._answer("start", 60)
        self.event("camera", state="live")
        return self

    def __exit__(self, *_):
        """Ends as a photographer would; a station that does not is killed, and that is an error unless there is one already."""
        try:
            self.process.stdin.write("quit\n")
            self.process.stdin.close()
            self.process.wait(timeout=30)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
            raise
