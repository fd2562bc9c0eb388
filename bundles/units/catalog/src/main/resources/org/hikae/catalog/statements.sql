-- Statements by name. Standard SQL: what is not understood by H2 and PostgreSQL alike has no place here.

-- generation.known
SELECT disk, disk_number, group_name, state, seen, CASE WHEN state = 'GONE' THEN NULL ELSE data END AS data, id, medium
FROM hikae_generation

-- generation.list
SELECT state, seen, data FROM hikae_generation WHERE state <> ?

-- generation.count
SELECT COUNT(*) FROM hikae_generation

-- generation.insert
INSERT INTO hikae_generation (disk, disk_number, group_name, state, seen, data, id, medium)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)

-- generation.update
UPDATE hikae_generation SET disk = ?, disk_number = ?, group_name = ?, state = ?, seen = ?, data = ?
WHERE id = ? AND medium = ?

-- generation.delete
DELETE FROM hikae_generation WHERE id = ? AND medium = ?

-- generation.clear
DELETE FROM hikae_generation

-- group.list
SELECT disk, data, name FROM hikae_group

-- group.count
SELECT COUNT(*) FROM hikae_group

-- group.insert
INSERT INTO hikae_group (disk, data, name) VALUES (?, ?, ?)

-- group.update
UPDATE hikae_group SET disk = ?, data = ? WHERE name = ?

-- group.delete
DELETE FROM hikae_group WHERE name = ?

-- group.clear
DELETE FROM hikae_group

-- job.known
SELECT kind, state, started, ended, data, id FROM hikae_job WHERE id >= ? OR state = 'RUNNING'

-- job.list
SELECT data FROM hikae_job ORDER BY id DESC

-- job.list.kind
SELECT data FROM hikae_job WHERE kind = ? ORDER BY id DESC

-- job.count
SELECT COUNT(*) FROM hikae_job

-- job.insert
INSERT INTO hikae_job (kind, state, started, ended, data, id) VALUES (?, ?, ?, ?, ?, ?)

-- job.update
UPDATE hikae_job SET kind = ?, state = ?, started = ?, ended = ?, data = ? WHERE id = ?

-- job.clear
DELETE FROM hikae_job

-- update.get
SELECT updated FROM hikae_update

-- update.insert
INSERT INTO hikae_update (updated) VALUES (?)

-- update.clear
DELETE FROM hikae_update
