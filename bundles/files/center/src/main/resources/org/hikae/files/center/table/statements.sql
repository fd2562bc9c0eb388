-- Statements by name. Standard SQL: what is not understood by H2 and PostgreSQL alike has no place here.
-- What is read page by page is ordered by all columns of an index, also those of one value: else H2 sorts all that is left for each page.

-- backup.find
SELECT id, origin, name, full_from, listing, unswept FROM hikae_files_backup WHERE origin = ? AND name = ?

-- backup.of
SELECT id, origin, name, full_from, listing, unswept FROM hikae_files_backup WHERE origin = ? ORDER BY name

-- backup.all
SELECT id, origin, name, full_from, listing, unswept FROM hikae_files_backup ORDER BY origin, name

-- backup.page
SELECT id, origin, name, full_from, listing, unswept FROM hikae_files_backup WHERE id > ? ORDER BY id FETCH FIRST ? ROWS ONLY

-- backup.origins
SELECT origin FROM hikae_files_backup WHERE origin > ? ORDER BY origin FETCH FIRST ? ROWS ONLY

-- backup.id
SELECT COALESCE(MAX(id), 0) + 1 FROM hikae_files_backup

-- backup.insert
INSERT INTO hikae_files_backup (id, origin, name, full_from, listing, unswept) VALUES (?, ?, ?, 0, 0, FALSE)

-- backup.full
UPDATE hikae_files_backup SET full_from = ? WHERE id = ?

-- backup.full.done
UPDATE hikae_files_backup SET full_from = 0 WHERE id = ? AND full_from <= ?

-- backup.listing
UPDATE hikae_files_backup SET listing = ? WHERE id = ?

-- backup.unswept
UPDATE hikae_files_backup SET unswept = ? WHERE id = ?

-- backup.todo
SELECT id, origin, name, full_from, listing, unswept FROM hikae_files_backup WHERE unswept OR id IN
(SELECT r.backup FROM hikae_files_run r JOIN hikae_files_part p ON p.run = r.id WHERE r.state = 2) ORDER BY origin, name

-- run.find
SELECT * FROM hikae_files_run WHERE backup = ? AND number = ?

-- run.of
SELECT * FROM hikae_files_run WHERE backup = ? ORDER BY number

-- run.complete
SELECT b.origin, b.name, r.* FROM hikae_files_run r JOIN hikae_files_backup b ON b.id = r.backup
WHERE r.complete AND r.state = 0 ORDER BY b.origin, b.name, r.number

-- run.newest
SELECT COALESCE(MAX(number), 0) FROM hikae_files_run WHERE backup = ? AND complete

-- run.last
SELECT COALESCE(MAX(number), 0) FROM hikae_files_run WHERE backup = ?

-- run.at
SELECT COALESCE(MAX(number), 0) FROM hikae_files_run WHERE backup = ? AND state = 0 AND durable > 0 AND taken <= ?

-- run.whole.at
SELECT COALESCE(MAX(number), 0) FROM hikae_files_run WHERE backup = ? AND state = 0 AND complete AND taken <= ?

-- run.gaps.after
SELECT COUNT(*) FROM hikae_files_run r WHERE r.backup = ? AND r.number > ? AND r.number > 1 AND r.base = 0 AND r.complete
AND NOT EXISTS (SELECT 1 FROM hikae_files_run p WHERE p.backup = r.backup AND p.number = r.number - 1 AND p.complete)

-- run.released.last
SELECT COALESCE(MAX(number), 0) FROM hikae_files_run WHERE backup = ? AND state = 2

-- run.full.after
SELECT COALESCE(MIN(number), 0) FROM hikae_files_run WHERE backup = ? AND number > ? AND base = 0 AND complete

-- run.released.after
SELECT COUNT(*) FROM hikae_files_run WHERE backup = ? AND number > ? AND state = 2

-- run.id
SELECT COALESCE(MAX(id), 0) + 1 FROM hikae_files_run

-- run.insert
INSERT INTO hikae_files_run (id, backup, number, base, taken, info, durable, complete, state) VALUES (?, ?, ?, ?, ?, ?, 0, FALSE, 0)

-- run.durable
UPDATE hikae_files_run SET durable = ?, complete = ? WHERE id = ?

-- run.state
UPDATE hikae_files_run SET state = ?, complete = ?, durable = ? WHERE id = ?

-- run.delete
DELETE FROM hikae_files_run WHERE id = ?

-- run.empty
DELETE FROM hikae_files_run WHERE state = 0 AND NOT EXISTS (SELECT 1 FROM hikae_files_part p WHERE p.run = hikae_files_run.id)

-- part.of
SELECT * FROM hikae_files_part WHERE run = ? ORDER BY first

-- part.at
SELECT * FROM hikae_files_part WHERE run = ? AND first <= ? ORDER BY run DESC, first DESC FETCH FIRST 1 ROW ONLY

-- part.after
SELECT COALESCE(MIN(first), -1) FROM hikae_files_part WHERE run = ? AND first >= ?

-- part.known
SELECT p.run, b.origin, b.name, r.number, p.first, p.bytes FROM hikae_files_part p JOIN hikae_files_run r ON r.id = p.run
JOIN hikae_files_backup b ON b.id = r.backup WHERE p.medium = ? AND p.run >= ? AND (p.run > ? OR p.first > ?)
ORDER BY p.medium, p.run, p.first FETCH FIRST ? ROWS ONLY

-- part.bytes
SELECT COALESCE(SUM(bytes), 0) FROM hikae_files_part

-- part.bytes.of
SELECT COALESCE(SUM(p.bytes), 0) FROM hikae_files_part p JOIN hikae_files_run r ON r.id = p.run
JOIN hikae_files_backup b ON b.id = r.backup WHERE b.origin = ?

-- part.media
SELECT DISTINCT medium FROM hikae_files_part

-- part.totals
SELECT b.origin, SUM(p.bytes) AS bytes FROM hikae_files_part p JOIN hikae_files_run r ON r.id = p.run
JOIN hikae_files_backup b ON b.id = r.backup GROUP BY b.origin

-- part.insert
INSERT INTO hikae_files_part (run, first, frames, medium, bytes, frames_at, frames_end, state, open_frame, open_item, open_position, ended)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- part.delete
DELETE FROM hikae_files_part WHERE run = ? AND first = ?

-- entry.insert
INSERT INTO hikae_files_entry (run, frame, item, last_frame, position, backup, number, until_number, path_key, path, kind, type, size,
modified_s, modified_n, sha256, doubt, content, content_run, content_frame, content_item, content_last, content_position)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- entry.end
UPDATE hikae_files_entry SET until_number = ? WHERE backup = ? AND path_key = ? AND (until_number = 0 OR until_number > ?)
AND (number < ? OR number = ? AND (frame < ? OR frame = ? AND item < ?))

-- entry.end.full
UPDATE hikae_files_entry SET until_number = ? WHERE backup = ? AND number < ? AND (until_number = 0 OR until_number > ?)

-- entry.after
SELECT COALESCE(MIN(number), 0) FROM hikae_files_entry WHERE backup = ? AND path_key = ?
AND (number > ? OR number = ? AND (frame > ? OR frame = ? AND item > ?))

-- entry.content
SELECT e.* FROM hikae_files_entry e WHERE e.backup = ? AND e.path_key = ? AND e.number = ? AND e.kind <> 0 AND e.content > 0
ORDER BY e.frame DESC, e.item DESC FETCH FIRST 1 ROW ONLY

-- entry.elsewhere
SELECT COUNT(*) FROM hikae_files_entry e WHERE e.backup = ? AND e.path_key = ? AND e.number = ? AND e.kind <> 0 AND e.content < 0
AND EXISTS (SELECT 1 FROM hikae_files_run r WHERE r.backup = e.backup AND r.number < e.number AND r.state = 2)

-- entry.holder
SELECT * FROM hikae_files_entry WHERE run = ? AND frame = ? AND item = ?

-- entry.totals
SELECT b.origin, COUNT(*) AS versions FROM hikae_files_entry e JOIN hikae_files_backup b ON b.id = e.backup
WHERE e.kind = 1 AND (e.until_number = 0 OR e.until_number > e.number) GROUP BY b.origin

-- entry.page
SELECT e.*, r.taken FROM hikae_files_entry e JOIN hikae_files_run r ON r.id = e.run
WHERE e.backup = ? AND e.path_key >= ? AND e.path_key < ? AND (e.path_key > ? OR e.number > ?)
AND e.kind = 1 AND e.content >= 0 AND (e.until_number = 0 OR e.until_number > e.number)
AND e.number <= ? AND (e.until_number = 0 OR e.until_number > ?)
ORDER BY e.backup, e.path_key, e.number FETCH FIRST ? ROWS ONLY

-- entry.version
SELECT e.*, r.taken FROM hikae_files_entry e JOIN hikae_files_run r ON r.id = e.run
WHERE e.run = ? AND e.frame = ? AND e.item = ? AND e.kind = 1 AND e.content >= 0

-- entry.named
SELECT e.*, r.taken FROM hikae_files_entry e JOIN hikae_files_run r ON r.id = e.run
WHERE e.backup = ? AND e.path_key = ? AND e.number = ?
AND e.kind = 1 AND e.content >= 0 AND (e.until_number = 0 OR e.until_number > e.number)

-- entry.delete
DELETE FROM hikae_files_entry WHERE run = ? AND frame = ? AND item = ?

-- entry.in
SELECT * FROM hikae_files_entry WHERE run = ? AND frame < ? AND last_frame >= ? ORDER BY frame, item

-- entry.lost
UPDATE hikae_files_entry SET content = -1, content_run = NULL, content_frame = NULL, content_item = NULL, content_last = NULL,
content_position = NULL WHERE content_run = ? AND content_frame < ? AND content_last >= ?

-- entry.missing
SELECT DISTINCT r.number, e.last_frame FROM hikae_files_entry e JOIN hikae_files_run r ON r.id = e.run
WHERE e.backup = ? AND e.content < 0 ORDER BY r.number, e.last_frame

-- entry.found
UPDATE hikae_files_entry SET position = ?, content = 1, content_run = ?, content_frame = ?, content_item = ?, content_last = ?,
content_position = ? WHERE run = ? AND frame = ? AND item = ?

-- entry.users
SELECT e.*, r.taken FROM hikae_files_entry e JOIN hikae_files_run r ON r.id = e.run
WHERE e.content_run = ? AND e.content_frame = ? AND e.content_item = ? AND e.kind = 1

-- entry.ends
SELECT COUNT(*) FROM hikae_files_entry WHERE backup = ? AND until_number = ? AND kind <> 0

-- run.names
SELECT b.origin, b.name, r.number FROM hikae_files_run r JOIN hikae_files_backup b ON b.id = r.backup WHERE r.id = ?

-- run.number
SELECT number FROM hikae_files_run WHERE id = ?

-- clear.entry
DELETE FROM hikae_files_entry

-- clear.part
DELETE FROM hikae_files_part

-- clear.run
DELETE FROM hikae_files_run

-- clear.backup
DELETE FROM hikae_files_backup

-- entry.hide
UPDATE hikae_files_entry e SET kind = 2 WHERE e.run = ? AND e.kind = 1 AND NOT EXISTS (SELECT 1 FROM hikae_files_run k
WHERE k.backup = e.backup AND k.state = 0 AND k.number >= e.number AND (e.until_number = 0 OR k.number < e.until_number))

-- entry.needed
SELECT e.frame, e.last_frame FROM hikae_files_entry e WHERE e.run = ? AND (e.kind = 1
OR e.kind = 2 AND EXISTS (SELECT 1 FROM hikae_files_entry v
WHERE v.content_run = e.run AND v.content_frame = e.frame AND v.content_item = e.item AND v.kind = 1)
OR e.kind = 0 AND EXISTS (SELECT 1 FROM hikae_files_entry p
WHERE p.backup = e.backup AND p.path_key = e.path_key AND p.until_number = e.number AND p.number < e.number AND p.kind <> 0))

-- entry.bridge
UPDATE hikae_files_entry SET until_number = ? WHERE backup = ? AND path_key = ? AND until_number = ?
AND (number < ? OR number = ? AND (frame < ? OR frame = ? AND item < ?))

-- entry.end.first
SELECT COALESCE(MIN(number), 0) FROM hikae_files_entry WHERE backup = ? AND path_key = ? AND number > ?
AND (kind = 0 OR kind = 1 AND content >= 0)
-- request.delete
DELETE FROM hikae_files_request WHERE origin = ? AND backup = ? AND number = ?

-- request.delete.id
DELETE FROM hikae_files_request WHERE id = ?

-- request.insert
INSERT INTO hikae_files_request (id, origin, backup, number, info, arrived) VALUES (?, ?, ?, ?, ?, ?)

-- request.page
SELECT id, info, arrived FROM hikae_files_request WHERE id > ? ORDER BY id FETCH FIRST ? ROWS ONLY

-- request.count
SELECT COUNT(*) FROM hikae_files_request

-- request.last
SELECT COALESCE(MAX(id), 0) FROM hikae_files_request

-- request.over
SELECT q.id, q.info, q.arrived FROM hikae_files_request q JOIN hikae_files_backup b ON b.origin = q.origin AND b.name = q.backup
JOIN hikae_files_run r ON r.backup = b.id AND r.number = q.number
WHERE r.complete OR r.state <> 0 ORDER BY q.id FETCH FIRST ? ROWS ONLY

-- done.insert
INSERT INTO hikae_files_done (id, info, arrived, ended) VALUES (?, ?, ?, ?)

-- done.page
SELECT id, info, arrived, ended FROM hikae_files_done WHERE id < ? ORDER BY id DESC FETCH FIRST ? ROWS ONLY

-- done.last
SELECT COALESCE(MAX(id), 0) FROM hikae_files_done

-- done.delete
DELETE FROM hikae_files_done WHERE id <= ?

-- transfer.insert
INSERT INTO hikae_files_transfer (id, origin, backup, number, peer, address, started, ended, first_frame, frames, bytes, outcome, forced, why)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- transfer.page
SELECT * FROM hikae_files_transfer WHERE id < ? ORDER BY id DESC FETCH FIRST ? ROWS ONLY

-- transfer.page.origin
SELECT * FROM hikae_files_transfer WHERE origin = ? AND id < ? ORDER BY origin DESC, id DESC FETCH FIRST ? ROWS ONLY

-- transfer.page.peer
SELECT * FROM hikae_files_transfer WHERE peer = ? AND id < ? ORDER BY peer DESC, id DESC FETCH FIRST ? ROWS ONLY

-- transfer.last
SELECT COALESCE(MAX(id), 0) FROM hikae_files_transfer

-- transfer.delete
DELETE FROM hikae_files_transfer WHERE id <= ?

-- transfer.of
SELECT COUNT(*) FROM hikae_files_transfer WHERE origin = ? AND backup = ? AND number = ? AND first_frame = ? AND frames > 0

-- unrecorded.insert
INSERT INTO hikae_files_unrecorded (origin, backup, number, first, frames, bytes, ended, entered) VALUES (?, ?, ?, ?, ?, ?, ?, ?)

-- unrecorded.delete
DELETE FROM hikae_files_unrecorded WHERE origin = ? AND backup = ? AND number = ? AND first = ?

-- unrecorded.page
SELECT * FROM hikae_files_unrecorded ORDER BY entered, origin, backup, number, first FETCH FIRST ? ROWS ONLY

-- whole.since
SELECT COALESCE(MAX(since), -1) FROM hikae_files_whole

-- whole.insert
INSERT INTO hikae_files_whole (since) VALUES (?)

-- clear.whole
DELETE FROM hikae_files_whole

-- behind.first
SELECT COALESCE(MIN(first), -1) FROM hikae_files_behind WHERE run = ?

-- behind.insert
INSERT INTO hikae_files_behind (run, first) VALUES (?, ?)

-- behind.update
UPDATE hikae_files_behind SET first = ? WHERE run = ? AND first > ?

-- behind.done
DELETE FROM hikae_files_behind WHERE run = ? AND first = ?

-- behind.stale
DELETE FROM hikae_files_behind WHERE NOT EXISTS (SELECT 1 FROM hikae_files_run r WHERE r.id = hikae_files_behind.run)

-- behind.all
SELECT b.origin, b.name, r.number FROM hikae_files_behind a JOIN hikae_files_run r ON r.id = a.run
JOIN hikae_files_backup b ON b.id = r.backup ORDER BY b.origin, b.name, r.number

-- missing.entered
SELECT COALESCE(MAX(entered), -1) FROM hikae_files_missing WHERE backup = ?

-- missing.insert
INSERT INTO hikae_files_missing (backup, entered) VALUES (?, 0)

-- missing.more
UPDATE hikae_files_missing SET entered = entered + 1 WHERE backup = ?

-- missing.done
UPDATE hikae_files_missing SET entered = 0 WHERE backup = ? AND entered = ?

-- missing.delete
DELETE FROM hikae_files_missing WHERE backup = ? AND entered = ?

-- missing.all
SELECT b.origin, b.name FROM hikae_files_missing m JOIN hikae_files_backup b ON b.id = m.backup
WHERE m.entered > 0 ORDER BY b.origin, b.name

-- clear.behind
DELETE FROM hikae_files_behind

-- clear.missing
DELETE FROM hikae_files_missing

-- slim.of
SELECT * FROM hikae_files_slim WHERE medium = ? AND name = ? ORDER BY form

-- slim.on
SELECT * FROM hikae_files_slim WHERE medium = ? ORDER BY name, form

-- slim.pending
SELECT * FROM hikae_files_slim WHERE pending ORDER BY medium, name, form FETCH FIRST ? ROWS ONLY

-- slim.insert
INSERT INTO hikae_files_slim (medium, name, form, length, stored, pending) VALUES (?, ?, ?, ?, ?, TRUE)

-- slim.settled
UPDATE hikae_files_slim SET pending = FALSE WHERE medium = ? AND name = ? AND form = ?

-- slim.delete
DELETE FROM hikae_files_slim WHERE medium = ? AND name = ? AND form = ?

-- slim.saved
SELECT s.bytes - c.bytes FROM (SELECT COALESCE(SUM(length - stored), 0) AS bytes FROM hikae_files_slim WHERE NOT pending) s
CROSS JOIN (SELECT COALESCE(SUM(bytes), 0) AS bytes FROM hikae_files_common) c

-- use.insert
INSERT INTO hikae_files_use (medium, id, name, form) VALUES (?, ?, ?, ?)

-- use.delete
DELETE FROM hikae_files_use WHERE medium = ? AND name = ? AND form = ?

-- common.on
SELECT * FROM hikae_files_common WHERE medium = ? ORDER BY id

-- common.insert
INSERT INTO hikae_files_common (medium, id, bytes) VALUES (?, ?, ?)

-- common.delete
DELETE FROM hikae_files_common WHERE medium = ? AND id = ?

-- common.unused
SELECT * FROM hikae_files_common c WHERE c.medium = ? AND NOT EXISTS
(SELECT 1 FROM hikae_files_use u WHERE u.medium = c.medium AND u.id = c.id) ORDER BY c.medium, c.id FETCH FIRST ? ROWS ONLY

-- common.unused.on
SELECT DISTINCT c.medium FROM hikae_files_common c WHERE NOT EXISTS
(SELECT 1 FROM hikae_files_use u WHERE u.medium = c.medium AND u.id = c.id) ORDER BY c.medium

-- common.is.unused
SELECT COUNT(*) FROM hikae_files_common c WHERE c.medium = ? AND c.id = ? AND NOT EXISTS
(SELECT 1 FROM hikae_files_use u WHERE u.medium = c.medium AND u.id = c.id)

-- common.gone
SELECT DISTINCT u.id, u.name FROM hikae_files_use u WHERE u.medium = ? AND NOT EXISTS
(SELECT 1 FROM hikae_files_common c WHERE c.medium = u.medium AND c.id = u.id) ORDER BY u.id, u.name FETCH FIRST ? ROWS ONLY

-- large.own
SELECT * FROM hikae_files_entry WHERE run = ? AND frame >= ? AND frame < ? AND size >= ? AND content = 1
AND content_run = run AND content_frame = frame AND content_item = item AND sha256 IS NOT NULL ORDER BY frame, item

-- large.count
SELECT COUNT(*) FROM hikae_files_large WHERE run = ? AND frame = ? AND item = ?

-- large.insert
INSERT INTO hikae_files_large (run, frame, item, sha256) VALUES (?, ?, ?, ?)

-- large.equal
SELECT e.* FROM hikae_files_large l JOIN hikae_files_entry e ON e.run = l.run AND e.frame = l.frame AND e.item = l.item
WHERE l.sha256 = ? AND e.size = ? AND e.content = 1 AND (e.run <> ? OR e.frame <> ? OR e.item <> ?)
AND EXISTS (SELECT 1 FROM hikae_files_part p WHERE p.run = e.run AND p.first <= e.last_frame AND p.first + p.frames > e.frame AND p.medium = ?)
ORDER BY l.sha256, l.run, l.frame, l.item FETCH FIRST ? ROWS ONLY

-- sharing.next
SELECT b.origin, b.name, r.number, p.* FROM hikae_files_part p JOIN hikae_files_run r ON r.id = p.run
JOIN hikae_files_backup b ON b.id = r.backup WHERE p.sharing = ? ORDER BY p.sharing, p.run, p.first FETCH FIRST ? ROWS ONLY

-- sharing.become
UPDATE hikae_files_part SET sharing = ? WHERE run = ? AND first = ?

-- sharing.again
UPDATE hikae_files_part SET sharing = ? WHERE run = ? AND first < ? AND first + frames > ?

-- sharing.retry
UPDATE hikae_files_part SET sharing = 1 WHERE sharing = 3

-- clear.large
DELETE FROM hikae_files_large

-- clear.slim
DELETE FROM hikae_files_slim

-- clear.use
DELETE FROM hikae_files_use

-- clear.common
DELETE FROM hikae_files_common
