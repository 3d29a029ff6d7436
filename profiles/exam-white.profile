# Exam registration before a white backdrop. Geometry as the diploma picture; ask the exam office for its own numbers.
#
# How to read this file: [sections], "key = value", comments from # at the beginning of a line. Lengths are pixels of the finished picture.
# A band is written "LOW to HIGH aim AIM" (both ends are allowed, the picture is placed as near to the aim as the head lets it).
# A limit is written "warn A fail B": up to A all is well, from there to B the photographer is warned, beyond B the check fails. "off" switches it off.
# Checks never stop anybody: the photographer decides. To change a number make a copy: lanmuctl profile copy exam-white NEW-NAME

[profile]
name = exam-white
title = Exam registration, white backdrop
title-zh = 考试报名照（白底）
source = white backdrop as some exam offices want; geometry 教毕指〔2017〕99号

[file]
width = 480
height = 640
dpi = 300
# Baseline JPEG, 24-bit colour. The quality is searched from high to low until the file fits the window of bytes (both ends allowed).
quality-min = 60
# 30–40 KB: 30 × 1024 to 40 × 1000, so that it holds whichever kilobyte an upload portal counts in.
bytes-min = 30720
bytes-max = 40000
# auto: 4:4:4 when it fits, else 4:2:0
chroma = auto
# {student_no} {id_no} {exam_no} {class} {name} {sequence}
name = {id_no}
extension = .JPG

[placement]
# Top edge to the top of the hair (not the forehead), top edge to the irises, cheek to cheek.
crown = 50 to 110 aim 80
eyes = 200 to 300 aim 250
face-width = 180 to 300 aim 235

[backdrop]
# The wanted colour; a different one per campaign is a copy of this file.
colour = 255 255 255
also = 245 245 245; 240 240 240
# L* by which a place must be darker than the slope of the light to count as shadow; share of the upper border below which there is no backdrop at all.
shadow-depth = 5
found-min = 0.4

[person]
# keep: habitual glasses stay on. off: the school wants none.
glasses = off
# What no program can see; shown to the photographer.
forbidden = 毛领; 围巾; 帽子; 耳环; 项链; 有色镜片; 头发遮眉遮耳

[checks]
# Shot pixels for each pixel of the finished picture.
resolution = warn 1.2 fail 0.5
# Faces of real size in the picture.
persons = warn 1 fail 1
# Head's middle off the picture's middle. The standard says "centred"; the tolerance is a choice.
centring = warn 24 fail 48
# Head angles in degrees. A tilted head is put right at the chair, never in software.
roll = warn 5 fail 8
yaw = warn 5 fail 10
pitch = warn 10 fail 15
# Height to width of the eyes (mean of both and of several looks; a wink counts); lips apart as a share of eye line to chin; pixels between the pupils.
eyes-open = warn 0.19 fail 0.175
mouth = warn 0.02 fail 0.027
eye-distance = warn 90 fail 70
# Share of the upper border that is backdrop; colour differences are CIEDE2000: its hue is judged loosely, its evenness strictly.
backdrop-border = warn 0.92 fail 0.8
backdrop-colour = warn 6 fail 12
backdrop-even = warn 4 fail 7
backdrop-shadow = warn 0.02 fail 0.06
# Share of the torso in the backdrop's colour; colour difference along the shoulder line.
clothes-share = warn 0.05 fail 0.25
clothes-contrast = warn 14 fail 7
# Gradient energy in the softer eye; shares of the face that are burnt out or black; its mean lightness; difference between the cheeks.
sharpness = warn 0.5 fail 0.2
highlights = warn 0.01 fail 0.05
dark = warn 0.06 fail 0.2
luminance = warn 48 fail 35
balance = warn 7 fail 14
# White spots where the lenses of glasses are: never more than "unsure".
glare = warn 0.03 fail 0.1
# Share of the iris that is red: a flash too near to the lens.
red-eye = warn 0.1 fail 0.3
# Backdrop against the day's reference shot (lanmuctl calibrate).
drift = warn 3 fail 6
