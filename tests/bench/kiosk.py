"""The kiosk on a virtual screen, and what it says of itself."""
import json
import os
import signal
import subprocess

from camera import children, wait_for


class Kiosk:
    """lanmu on a virtual screen of its own, with no desktop services to wait for."""

    def __init__(self, context, data, camera, *options, **environment_too):
        self.report = context.path("kiosk.out")
        environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
        environment.update(GDK_BACKEND="x11", GTK_A11Y="none", GSETTINGS_BACKEND="memory", DBUS_SESSION_BUS_ADDRESS="disabled:", LANG="C.UTF-8", **environment_too)
        self.output = open(self.report, "w", encoding="utf-8")
        self.process = subprocess.Popen(
            ["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24 -nolisten tcp", os.path.join(context.build, "ui/lanmu"),
             "--data", data, "--camera", camera, *map(str, options)], stdout=self.output, stderr=subprocess.STDOUT, env=environment)

    def text(self):
        with open(self.report, encoding="utf-8") as file:
            return file.read()

    def finish(self, seconds=120):
        """Waits for its end; answers what it printed."""
        try:
            self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            raise
        finally:
            self.output.close()
        return self.text()

    def end(self):
        """Ends it before its time, as a session manager would."""
        for name, pid in children(self.process.pid).items():
            if name == "lanmu":
                os.kill(pid, signal.SIGTERM)
        return self.finish(30)

    def host(self):
        """The process id of its camera host; waits until there is one."""
        found = []

        def look():
            found[:] = [children(pid).get("lanmu-camera") for name, pid in children(self.process.pid).items() if name == "lanmu"]
            return any(found)
        wait_for(look, "the camera host", 20)
        return next(filter(None, found))


def smallest_program(context, movie, seconds):
    """The smallest GTK program showing the same frames on such a screen, drawn by the same means as the kiosk's; its counters."""
    environment = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
    environment.update(GDK_BACKEND="x11", GTK_A11Y="none", GSETTINGS_BACKEND="memory", DBUS_SESSION_BUS_ADDRESS="disabled:", LANG="C.UTF-8")
    if not any(name.startswith("renderD") for name in (os.listdir("/dev/dri") if os.path.isdir("/dev/dri") else [])):
        environment.update(GSK_RENDERER="cairo", GDK_DEBUG="gl-disable")
    answer = subprocess.run(["xvfb-run", "-a", "-s", "-screen 0 1920x1080x24 -nolisten tcp", os.path.join(context.build, "tests/bench/show"), movie, str(seconds)],
                            capture_output=True, text=True, env=environment, timeout=seconds + 60)
    if answer.returncode != 0:
        raise RuntimeError(answer.stderr.strip())
    return json.loads(answer.stdout)


def stats_of(text):
    """The kiosk's own counters: the JSON line it prints when it ends after --run-seconds."""
    for line in reversed(text.splitlines()):
        if line.startswith("{") and '"shown"' in line:
            return json.loads(line)
    raise RuntimeError("the kiosk printed no counters: " + text[-300:])
