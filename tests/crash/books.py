"""The judge of the crash tests: who truly sat there, and the camera's ledger held against the database.

Promises of this judge:
 1. The truth is the camera's ledger (every exposure with its moment on the boot clock) and what this program itself asked for; nothing the station says
    is believed.
 2. A picture taken by the computer's release belongs to whoever was bound when the newest `shoot` before it was asked for; one of the body's own button to
    whoever was bound at that moment. Where that moment lies between two students, either is allowed, and so is the tray.
 3. lost: taken and neither a row nor known as the second copy of one. misattributed: given to a student who is not allowed. unexplained: a row, a ticket or a
    RAW that nothing taken accounts for.
 4. Too careful is a fault as well: a picture in the tray whose evidence is whole and whose moment is far from any change of student is counted, and the
    callers assert a ceiling.
"""
import os
import time

from rig import holds

# How near to a change of student, or to a death, a body shot may be so that no clock of a camera read by the second need tell.
EDGE_US = 1_500_000


def now_us():
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000


class Seats:
    """Who could own an exposure, from when to when. None: nobody was bound."""

    def __init__(self):
        self.spans = [[now_us(), None, {None}]]
        self.shoots = []   # [moment, who was bound]
        self.deaths = []

    @property
    def who(self):
        return set(self.spans[-1][2])

    def set(self, who):
        """Returns the span, so that a caller who learns more later can add to it."""
        moment = now_us()
        self.spans[-1][1] = moment
        self.spans.append([moment, None, set(who)])
        return self.spans[-1]

    def shoot(self):
        self.shoots.append((now_us(), self.who))

    def death(self):
        self.deaths.append(now_us())

    def spans_meeting(self, lo, hi):
        return [who for begin, end, who in self.spans if begin <= hi and (end is None or lo <= end)]

    def owners(self, took):
        """Students (and None) who may own this exposure."""
        at = took["boot_us"]
        if took["by"] == "host":
            before = [who for moment, who in self.shoots if moment <= at]
            return set(before[-1]) if before else {None}
        return set().union(*self.spans_meeting(at, at))

    def is_clear(self, took):
        """Could anybody who has the evidence tell whose this is?"""
        at = took["boot_us"]
        if any(took.get(flag) for flag in ("stale", "damaged", "wrong_time", "wrong_serial", "said_size")):
            return False
        if took["by"] == "host":
            asked = max((moment for moment, _ in self.shoots if moment <= at), default=at)
            return len(self.owners(took)) == 1 and not self.died(asked - EDGE_US, at + EDGE_US)
        near = set().union(*self.spans_meeting(at - EDGE_US, at + EDGE_US))
        return len(near) == 1 and None not in near and not self.died(at - EDGE_US, at + EDGE_US)

    def died(self, lo, hi):
        return any(lo <= moment <= hi for moment in self.deaths)


class Figures(dict):
    """Counts by name; adds up."""

    def add(self, name, count=1):
        self[name] = self.get(name, 0) + count

    def merge(self, other):
        for name, count in other.items():
            self.add(name, count)

    def __missing__(self, name):
        return 0

    def line(self):
        shots = max(self["shots"], 1)
        return (f"kills {self['kills']} (host {self['host kills']}), faults {self['faults']}, shots {self['shots']}: attached {self['attached']}, "
                f"tray {self['tray']} ({100 * self['tray'] / shots:.1f} %), of it with whole evidence {self['careful']}; "
                f"lost {self['lost']}, misattributed {self['misattributed']}, unexplained {self['unexplained']}")


class Books:
    """The camera's ledger against the rows of a station that is stopped. `given`: sha256 → student_no that the operator assigned from the tray."""

    def __init__(self, rig, camera, seats, given=None):
        self.rig, self.seats, self.given = rig, seats, given or {}
        self.taken = camera.took()
        self.foreign = {event["sha256"] for event in camera.events() if event["event"] == "foreign"}
        self.damaged_wire = any(event["event"] == "fault" and event["what"].startswith("corrupt") for event in camera.events())
        self.rows = rig.by_sha()
        self.lost, self.wrong, self.unexplained, self.careful = [], [], [], []
        self.figures = Figures()

    def tell(self, took, row=None):
        at = took["boot_us"]
        owners = sorted(map(str, self.seats.owners(took)))
        found = f"{row['state']} to {row['student_no'] or row['likely'] or 'nobody'} ({row['reason'] or row['proof']})" if row else "nowhere"
        return f"{took['file']} by {took['by']} at {at}, of {'/'.join(owners)}: {found}"

    def look_at(self, took):
        row = self.rows.get(took["sha256"])
        if row is None:
            self.lost.append(self.tell(took))
            return
        if took.get("stale"):
            return  # the bytes of the picture before, under a new name: that one's owner is the right one
        self.look_at_raw(took, row)
        self.figures.add("shots")
        self.figures.add("attached" if row["state"] == "attached" else "tray" if row["state"] == "quarantined" else row["state"])
        allowed = self.seats.owners(took)
        if took["sha256"] in self.given:
            allowed = {self.given[took["sha256"]]}
        if row["state"] == "attached":
            if row["student_no"] not in allowed:
                self.wrong.append(self.tell(took, row))
            return
        self.figures.add(f"tray {took['by']} {row['reason']}")
        if self.seats.is_clear(took):
            self.careful.append(self.tell(took, row))

    def look_at_raw(self, took, row):
        """A RAW has no proof of its own but its size: bytes that the wire damaged cannot be told, only that they are nobody else's."""
        if not took.get("raw_sha256"):
            return
        self.figures.add("RAW")
        stale_copy = any(other.get("stale") and other["sha256"] == took["sha256"] for other in self.taken)
        if not row.get("raw_sha256") and stale_copy:
            self.figures.add("RAW left on the card")  # the body gave the JPEG under two names: to which the RAW belongs cannot be told
        elif not row.get("raw_sha256"):
            self.lost.append("without its RAW: " + self.tell(took, row))
        elif row["raw_sha256"] != took["raw_sha256"]:
            others = {other.get("raw_sha256") for other in self.taken}
            if row["raw_sha256"] in others or not self.damaged_wire:
                self.wrong.append("another picture's RAW: " + self.tell(took, row))
            self.figures.add("RAW damaged on the way")

    def look_at_rows(self):
        known = {took["sha256"] for took in self.taken}
        for sha, row in self.rows.items():
            if sha not in known | self.foreign:
                self.unexplained.append(f"a row of a picture nobody took: {row['camera_file']}")
            if sha in self.foreign and row["state"] == "attached":
                self.wrong.append(f"a foreign picture given to {row['student_no']}: {row['camera_file']}")
            if not holds(os.path.join(self.rig.data, row["path"]), sha):
                self.unexplained.append(f"altered bytes: {row['path']}")

    def look_at_tickets(self):
        for ticket in self.rig.rows("tickets"):
            if ticket["state"] == "open":
                self.unexplained.append(f"left open: {ticket}")
        left = os.listdir(os.path.join(self.rig.data, "incoming"))
        if left:
            self.unexplained.append(f"parts left in incoming/: {left}")

    def check(self):
        """The figures; AssertionError names every picture that breaks a promise."""
        for took in self.taken:
            self.look_at(took)
        self.look_at_rows()
        self.look_at_tickets()
        for name, found in (("lost", self.lost), ("misattributed", self.wrong), ("unexplained", self.unexplained), ("careful", self.careful)):
            self.figures.add(name, len(found))
        assert not self.wrong, f"misattributed: {self.wrong}"
        assert not self.lost, f"lost: {self.lost}"
        assert not self.unexplained, f"unexplained: {self.unexplained}"
        return self.figures
