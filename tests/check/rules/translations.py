"""Chinese is complete: every file with a translatable sentence is listed in po/POTFILES, and every sentence has its zh_CN, checked by msgfmt and msgcmp."""
import os
import re
import subprocess
import tempfile

MARK = re.compile(r'(?<![\w])(?:_|N_|C_|NC_|Q_|ngettext|g_dgettext|gettext|dgettext)\s*\(\s*"|translatable="(?:yes|true|1)"')


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})


def find(tree):
    marked = [path for path in tree.files(".c", ".h", ".ui") if not path.startswith("tests/") and MARK.search(tree.text(path))]
    lists = [path for path in ("po/POTFILES", "po/POTFILES.in") if os.path.exists(tree.path(path))]
    if not marked and not lists:
        return
    if not lists:
        yield f"po/POTFILES is missing; {len(marked)} files have sentences"
        return
    listed = [line.strip() for line in tree.lines(lists[0]) if line.strip() and not line.startswith("#")]
    for path in marked:
        if path not in listed:
            yield f"{path}: has sentences but is not in {lists[0]}"
    for path in listed:
        if not os.path.exists(tree.path(path)):
            yield f"{lists[0]}: {path} does not exist"
    po = "po/zh_CN.po"
    if not os.path.exists(tree.path(po)):
        yield f"{po} is missing"
        return
    answer = run("msgfmt", "--check", "--statistics", "-o", os.devnull, tree.path(po))
    if answer.returncode != 0:
        yield f"{po}: {answer.stderr.strip()}"
    elif re.search(r"fuzzy|untranslated", answer.stderr):
        yield f"{po}: not complete: {answer.stderr.strip()}"
    yield from unknown_sentences(tree, po, [path for path in listed if os.path.exists(tree.path(path))])


def unknown_sentences(tree, po, paths):
    """Sentences of the sources that the .po does not know (it would still be called complete by itself)."""
    with tempfile.TemporaryDirectory() as folder:
        pot = os.path.join(folder, "all.pot")
        made = run("xgettext", "--from-code=UTF-8", "-k_", "-kN_", "-kC_:1c,2", "-kNC_:1c,2", "-kngettext:1,2", "-D", tree.root, "-o", pot, *paths)
        if made.returncode != 0:
            yield f"xgettext: {made.stderr.strip()}"
        elif os.path.exists(pot):
            answer = run("msgcmp", tree.path(po), pot)
            for line in answer.stderr.splitlines():
                if "error:" in line or ("not" in line and "all.pot" in line):
                    yield f"{po}: {line.split('all.pot')[-1].strip(':')}"
            if answer.returncode != 0 and not answer.stderr:
                yield f"{po}: does not hold every sentence of the sources"


HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: zh_CN\\nProject-Id-Version: x\\nPO-Revision-Date: 2026-01-01 00:00+0000\\n' \
       'Last-Translator: x\\nLanguage-Team: x\\nMIME-Version: 1.0\\nContent-Transfer-Encoding: 8bit\\n"\n\n'
SOURCE = 'const char *s = _("Shoot");\n'
SAMPLES = [
    ({"ui/a.c": SOURCE}, "POTFILES is missing"),
    ({"ui/a.c": SOURCE, "ui/b.c": SOURCE, "po/POTFILES": "ui/a.c\n", "po/zh_CN.po": HEAD + 'msgid "Shoot"\nmsgstr "拍摄"\n'}, "is not in po/POTFILES"),
    ({"ui/a.c": SOURCE, "po/POTFILES": "ui/a.c\nui/gone.c\n", "po/zh_CN.po": HEAD + 'msgid "Shoot"\nmsgstr "拍摄"\n'}, "does not exist"),
    ({"ui/a.c": SOURCE, "po/POTFILES": "ui/a.c\n", "po/zh_CN.po": HEAD + 'msgid "Shoot"\nmsgstr ""\n'}, "not complete"),
    ({"ui/a.c": SOURCE, "po/POTFILES": "ui/a.c\n", "po/zh_CN.po": HEAD + 'msgid "Other"\nmsgstr "别的"\n'}, "po/zh_CN.po"),
    ({"ui/a.c": SOURCE, "po/POTFILES": "ui/a.c\n", "po/zh_CN.po": HEAD + 'msgid "Shoot"\nmsgstr "拍摄"\n'}, None),
    ({"db/a.c": "int x;\n"}, None),
]
