"""Names and numbers of persons reach a screen or a terminal through the veil only (app/roles/veil.h): nothing in ui/ and app/ctl/ shows a raw field."""
import re

RAW = re.compile(r"\blanmu_student_get_(name|id_no) \(")
# A row's field in a call that shows something. Rows of staff, campaigns and checks have names too: the variable says which it is.
SHOWS = re.compile(r"\b(?:\w*print\w*|lanmu_ctl_json_string|lanmu_state_add_string|gtk_label_set_\w+|add_label|say) \(.*\b(?:row|student|pair|owner|likely)->(name|id_no|exam_no)\b")
# ui/queuerow.c asks whether the searched letters are in the name; it shows what the veil gives. Staff and pages are no students.
ASKS = {"ui/queuerow.c": 1}
OTHER_NAMES = {"app/ctl/staff.c", "ui/pinpane.c", "ui/keys.c", "ui/pagerail.c", "ui/pages.c"}


def find(tree):
    for path in tree.files(".c", ".h"):
        if not path.startswith(("ui/", "app/ctl/")) or path in OTHER_NAMES:
            continue
        asked = 0
        for number, line in enumerate(tree.code(path), 1):
            raw = RAW.search(line)
            asked += 1 if raw else 0
            if raw and asked > ASKS.get(path, 0):
                yield f"{path}:{number}: lanmu_student_get_{raw.group(1)} is not masked: use lanmu_veil_dup_student_{raw.group(1).split('_')[0]}"
            shown = SHOWS.search(line)
            if shown:
                yield f"{path}:{number}: {shown.group(1)} is shown unmasked: use lanmu_ctl_dup_name, lanmu_ctl_dup_id or lanmu_veil_dup_name"


SAMPLES = [
    ({"ui/a.c": "void f (void)\n{\n  say (lanmu_student_get_name (s));\n}\n"}, "lanmu_veil_dup_student_name"),
    ({"app/ctl/a.c": 'void f (void)\n{\n  lanmu_ctl_print ("%s", row->id_no);\n}\n'}, "id_no is shown unmasked"),
    ({"app/ctl/a.c": 'void f (void)\n{\n  lanmu_ctl_json_string (builder, "name", row->name);\n}\n'}, "name is shown unmasked"),
    ({"app/ctl/a.c": "void f (void)\n{\n  x = lanmu_ctl_dup_name (ctl, row->name, row->class_id);\n}\n",
      "app/a.c": "void f (void)\n{\n  lanmu_student_get_name (s);\n}\n"}, None),
]
