-- What a database of version 1 may hold, one of each kind; every name and number is made up.
INSERT INTO campaign VALUES (1, 'u-1', '示例', '10618', 'diploma', NULL, 1);
INSERT INTO session VALUES (1, 'lanmu', 'photographer', 'boot-a', 1, 1, NULL, NULL);
INSERT INTO roster_revision VALUES (1, 'list.csv', 'aa', 'UTF-8', 3, 1);
INSERT INTO college VALUES (1, '信息学院');
INSERT INTO major VALUES (1, 1, '', '计算机');
INSERT INTO class VALUES (1, 1, '一班', 1);
INSERT INTO student (id, student_no, name, id_no, exam_no, extra, class_id, position, revision_id, state)
VALUES (1, '001', '甲', '11010519491231002X', 'K1', '{"MZ":"汉"}', 1, 1, 1, 'shot'), (2, '002', '乙', '', '', '{}', 1, 2, 1, 'absent'),
       (3, '003', '丙', '', '', '{}', 1, 3, 1, 'waiting');
INSERT INTO binding VALUES (1, 1, 1, NULL, 'queue', 10, 10, 20, 20), (2, 1, NULL, 'CODE-B', 'scan', 20, 20, 30, 30),
                           (3, 1, NULL, 'CODE-A', 'scan', 30, 30, 40, 40), (4, 1, NULL, 'CODE-B', 'scan', 40, 40, 50, 50);
INSERT INTO ticket (id, number, origin, student_id, binding_id, session_id, operator, camera_serial, state, reason, opened_wall_us, opened_boot_us, ended_wall_us)
VALUES ('T1', 1, 'host', 1, 1, 1, 'photographer', 's', 'attached', '', 11, 11, 12),
       ('T2', 2, 'host', NULL, 2, 1, 'photographer', 's', 'attached', '', 21, 21, 22),
       ('T3', 3, 'body', NULL, NULL, 1, 'photographer', 's', 'quarantined', 'no-time', 31, 31, 32),
       ('T4', 4, 'host', 1, 1, 1, 'photographer', 's', 'failed', 'no-focus', 13, 13, 14);
INSERT INTO shot (id, ticket_id, student_id, token, state, reason, likely_student_id, sequence_no, origin, sha256, size, path, width, height, wall_us)
VALUES ('T1', 'T1', 1, NULL, 'attached', '', NULL, 1, 'host', 'a1', 5, 'shots/T1.jpg', 6, 4, 12),
       ('T2', 'T2', NULL, 'CODE-B', 'attached', '', NULL, 2, 'host', 'a2', 5, 'shots/T2.jpg', 6, 4, 22),
       ('T3', 'T3', NULL, NULL, 'quarantined', 'no-time', 1, 3, 'body', 'a3', 5, 'quarantine/T3.jpg', 6, 4, 32);
UPDATE student SET chosen_shot = 'T1', state = 'accepted' WHERE id = 1;
INSERT INTO card_file VALUES ('s', '/DCIM/100', 'A.JPG', 5, 'shot', 'T1', 12);
INSERT INTO setting VALUES ('station.alive', '1');
