"""Calls and words that do not belong here. Comments and strings do not count for calls; unfinished-work marks count everywhere."""
import re

CALLS = {
    "strcpy": "has no bound: use g_strlcpy or g_strdup",
    "strcat": "has no bound: use GString",
    "sprintf": "has no bound: use g_snprintf or g_strdup_printf",
    "vsprintf": "has no bound: use g_vsnprintf",
    "gets": "has no bound",
    "mktemp": "races: use g_mkstemp or O_TMPFILE",
    "tmpnam": "races: use g_mkstemp or O_TMPFILE",
    "system": "passes a shell: use GSubprocess",
    "popen": "passes a shell: use GSubprocess",
    "g_task_run_in_thread": "one thread a call: use the store or the vision thread",
    "g_task_run_in_thread_sync": "one thread a call: use the store or the vision thread",
    "g_main_context_invoke": "may run on the worker: attach a source to the main context",
    "g_main_context_invoke_full": "may run on the worker: attach a source to the main context",
}
SLEEPS = {name: "sleeping is no synchronisation: wait for the event itself" for name in ("g_usleep", "usleep", "sleep", "nanosleep")}
MARKS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def find(tree):
    for path in tree.files(".c", ".h"):
        calls = dict(CALLS)
        if not path.startswith("tests/"):
            calls.update(SLEEPS)
        call = re.compile(r"(?<![\w.>])(" + "|".join(calls) + r")\s*\(")
        for number, line in enumerate(tree.code(path), 1):
            for match in call.finditer(line):
                yield f"{path}:{number}: {match.group(1)} {calls[match.group(1)]}"
    for path in tree.files(".c", ".h", ".ui", ".css", ".sql", ".build", ".sh"):
        for number, line in enumerate(tree.lines(path), 1):
            match = MARKS.search(line)
            if match:
                yield f"{path}:{number}: {match.group(1)}: finish it or write an issue"


SAMPLES = [({"app/a.c": f"void f (void)\n{{\n  {name} (x);\n}}\n"}, name) for name in (*CALLS, *SLEEPS)] + [
    ({"app/a.c": "/* " + "TO" + "DO: later */\n"}, "finish it"),
    ({"app/a.c": '/* strcpy (a, b) is not used */\nconst char *s = "sprintf (x)";\nint my_strcpy (void);\n',
      "tests/a.c": "void f (void)\n{\n  g_usleep (1);\n}\n"}, None),
]
