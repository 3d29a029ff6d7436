"""The rig of the flow and crash tests: a real lanmu-simcam, a real `lanmuctl station`, and the two ledgers held against each other.

What the camera took (its JSON ledger) is the truth; what the station recorded must agree with it shot by shot. Nothing sleeps to synchronise: every
step waits for the line that says so, with a deadline that only a hang can reach.
"""
import concurrent.futures
import glob
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

DEADLINE = float(os.environ.get("LANMU_TEST_DEADLINE", "60"))
BUILD = os.environ["LANMU_BUILD"]
LANMUCTL = os.path.join(BUILD, "app", "lanmuctl")
SIMCAM = os.path.join(BUILD, "capture", "lanmu-simcam")


def boot_us():
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000


class Lines:
    """JSON lines of a child, read by a thread, waited for by predicate."""

    def __init__(self, stream, name, sink=None):
        self.items, self.ended, self.name, self.sink = [], False, name, sink
        self.changed = threading.Condition()
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream):
        for text in stream:
            try:
                item = json.loads(text)
            except ValueError:
                item = {"not-json": text}
            with self.changed:
                self.items.append(item)
                self.changed.notify_all()
            if self.sink:
                self.sink(text.rstrip())
            if os.environ.get("LANMU_TEST_VERBOSE"):
                print("#", self.name, text.rstrip(), flush=True)
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def wait(self, predicate, since=0, deadline=DEADLINE):
        """The first item from index `since` on that the predicate takes; None when the child ended before."""
        end = time.monotonic() + deadline
        with self.changed:
            seen = since
            while True:
                while seen < len(self.items):
                    if predicate(self.items[seen]):
                        return self.items[seen]
                    seen += 1
                if self.ended:
                    return None
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"{self.name}: waited {deadline:.0f} s in vain; last lines: {self.items[-4:]}")
                self.changed.wait(left)

    def mark(self):
        with self.changed:
            return len(self.items)


class Camera:
    """lanmu-simcam with its ledger in a file, so that it survives whatever happens to its pipes."""

    def __init__(self, folder, *options):
        self.ledger = os.path.join(folder, "ledger.json")
        self.process = subprocess.Popen([SIMCAM, "--ledger", self.ledger, "--die-with-parent", "--shot-size", "1500x1000", *options],
                                        stdout=subprocess.PIPE, text=True)
        first = json.loads(self.process.stdout.readline())
        self.port, self.control_port, self.serial = first["port"], first["control"], first["serial"]
        self.spec = f"ptpip:127.0.0.1:{self.port}"

    def control(self, line):
        with socket.create_connection(("127.0.0.1", self.control_port), DEADLINE) as link:
            link.sendall((line + "\n").encode())
            answer = link.makefile().readline().strip()
        assert answer.startswith("ok"), f"simcam refused {line!r}: {answer}"
        return answer

    def events(self):
        """All of the ledger so far; it begins with the first event."""
        if not os.path.exists(self.ledger):
            return []
        with open(self.ledger, encoding="utf-8") as lines:
            return [json.loads(text) for text in lines if text.endswith("\n")]

    def took(self):
        return [event for event in self.events() if event["event"] == "took"]

    def wait_took(self, count):
        end = time.monotonic() + DEADLINE
        while len(self.took()) < count:
            assert time.monotonic() < end, f"the camera never took picture {count}"
            time.sleep(0.02)
        return self.took()

    def stop(self):
        self.process.terminate()
        self.process.wait(DEADLINE)


class Station:
    """`lanmuctl station`, one command at a time. sink: gets every line it says, for a transcript."""

    def __init__(self, data, spec, sink=None, **environment):
        self.process = subprocess.Popen([LANMUCTL, "--data", data, "--camera", spec, "station"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, env={**os.environ, "LC_ALL": "C.UTF-8", **environment})
        self.lines = Lines(self.process.stdout, "station", sink)

    def ready(self):
        assert self.lines.wait(lambda line: line.get("event") == "reconciled"), "the station ended before the camera was reconciled"
        return self

    def send(self, command):
        try:
            self.process.stdin.write(command + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass

    def say(self, command):
        """Sends a command and returns its answer; None when the process died first."""
        mark = self.lines.mark()
        self.send(command)
        word = command.split()[0]
        return self.lines.wait(lambda line: line.get("re") == word, mark)

    def must(self, command):
        answer = self.say(command)
        assert answer and answer["ok"], f"{command}: {answer}"
        return answer

    def event(self, *kinds, since=0):
        return self.lines.wait(lambda line: line.get("event") in kinds, since)

    def events(self, kind):
        return [line for line in self.lines.items if line.get("event") == kind]

    def quit(self):
        answer = self.say("quit")
        self.process.stdin.close()
        return answer, self.process.wait(DEADLINE)

    def kill_host(self):
        """SIGKILL for its camera host; how many there were."""
        hosts = []
        for path in glob.glob(f"/proc/{self.process.pid}/task/*/children"):
            try:
                with open(path, encoding="ascii") as children:
                    hosts += [int(pid) for pid in children.read().split()]
            except OSError:
                pass  # a thread that has just ended
        for pid in hosts:
            os.kill(pid, signal.SIGKILL)
        return len(hosts)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        return self.process.wait(DEADLINE)


class Seats:
    """Who could have sat before the camera, and when, as the test knows it: the judge of every picture. None: nobody."""

    def __init__(self):
        self.past, self.since, self.who = [], boot_us(), {None}

    def change(self, who):
        now = boot_us()
        self.past.append((self.since, now, self.who))
        self.since, self.who = now, set(who)

    def owners(self, moment_us):
        allowed = set()
        for begin, end, who in self.past + [(self.since, boot_us(), self.who)]:
            if begin <= moment_us <= end:
                allowed |= who
        return allowed


class Rig:
    def __init__(self, students=12):
        self.folder = tempfile.mkdtemp(prefix=f"lanmu-flow-{os.getpid()}-")  # whose it is, when several runs leave something
        self.data = os.path.join(self.folder, "data")
        self.numbers = [f"63180903{i:04d}" for i in range(101, students + 101)]
        roster = os.path.join(self.folder, "roster.csv")
        with open(roster, "w", encoding="utf-8") as out:
            out.write("学号,姓名,性别,班级,专业名称,学院\n")
            for i, number in enumerate(self.numbers):
                out.write(f"{number},学生{chr(0x4e00 + i)},{'男女'[i % 2]},交通工程1801班,交通工程,交通运输学院\n")
        ctl(self.data, "init", "--campaign", "test", "--school-code", "10618", "--profile", "diploma", *self.seal())
        ctl(self.data, "import", roster)

    def seal(self):
        """With $LANMU_TEST_SEAL every campaign of the rig is a sealed one, and every lanmuctl finds its passphrase."""
        if not os.environ.get("LANMU_TEST_SEAL"):
            return []
        os.environ["LANMU_PASSPHRASE_FILE"] = os.path.join(self.folder, "passphrase")
        with open(os.environ["LANMU_PASSPHRASE_FILE"], "w", encoding="utf-8") as out:
            out.write("four words are better\n")
        return ["--seal", "--small"]

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def rows(self, command):
        return [json.loads(line) for line in ctl(self.data, "--json", command).splitlines() if line.startswith("{")]

    def by_sha(self):
        return {row["sha256"]: row for row in self.rows("shots")}

    def check_books(self, camera, owners):
        """The camera's ledger against the station's rows. owners: sha256 → student_no, or a set of those allowed, or None when only quarantine is right."""
        rows = self.by_sha()
        for took in camera.took():
            sha = took["sha256"]
            assert sha in rows, f"lost: {took['file']} ({sha[:12]}) was taken and is nowhere; rows: {[(r['state'], r.get('reason')) for r in rows.values()]}"
            row = rows[sha]
            owner = owners.get(sha)
            if row["state"] == "attached":
                assert owner and row["student_no"] == owner, f"misattributed: {took['file']} is {owner}'s, the station gave it to {row['student_no']}"
            path = os.path.join(self.data, row["path"])
            assert holds(path, sha), f"altered: {path}"
        extra = set(rows) - {took["sha256"] for took in camera.took()}
        assert not extra, f"the station has pictures nobody took: {extra}"
        return rows


SEALED = b"LANMUSF\x01"


def holds(path, sha):
    """Are the bytes those of the camera? Of a sealed file only that it is one: `lanmuctl verify` opens it."""
    with open(path, "rb") as file:
        bytes_ = file.read()
    if os.environ.get("LANMU_TEST_SEAL"):
        return bytes_.startswith(SEALED) and b"\xff\xd8\xff" not in bytes_[:4]
    return hashlib.sha256(bytes_).hexdigest() == sha


def ctl(data, *words, expect=0):
    done = subprocess.run([LANMUCTL, "--data", data, *words], capture_output=True, text=True, timeout=DEADLINE, env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert done.returncode == expect, f"lanmuctl {' '.join(words)}: exit {done.returncode}, {done.stderr.strip()} {done.stdout.strip()[-600:]}"
    return done.stdout


def together(tests, at_once=4):
    """The same tests, begun several at a time: flows wait more than they work. Each brings its own room; results come in order, by run()."""
    pool = concurrent.futures.ThreadPoolExecutor(at_once)
    wanted = sys.argv[1:]
    return [(name, pool.submit(test).result) for name, test in tests if not wanted or any(word in name for word in wanted)]


def run(tests):
    """Runs callables as TAP; names on the command line choose some of them."""
    wanted = sys.argv[1:]
    chosen = [(name, test) for name, test in tests if not wanted or any(word in name for word in wanted)]
    print(f"1..{len(chosen)}", flush=True)
    failed = 0
    for number, (name, test) in enumerate(chosen, 1):
        try:
            test()
            print(f"ok {number} {name}", flush=True)
        except BaseException as error:  # a test reports, the next one runs
            failed += 1
            text = str(error).replace("\n", " ")
            print(f"not ok {number} {name}\n# {type(error).__name__}: {text}", flush=True)
    return 1 if failed else 0
