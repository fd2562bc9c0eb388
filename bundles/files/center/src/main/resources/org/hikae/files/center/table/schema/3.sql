-- Parts of a run, from a frame on, that were entered before what they go on from was: they are to be read again.
CREATE TABLE IF NOT EXISTS hikae_files_behind (
    run BIGINT NOT NULL PRIMARY KEY,
    first BIGINT NOT NULL
);
-- Backups in which something refers to content that is not here, and how much was entered since they were last looked through for it.
CREATE TABLE IF NOT EXISTS hikae_files_missing (
    backup BIGINT NOT NULL PRIMARY KEY,
    entered BIGINT NOT NULL
);
INSERT INTO hikae_files_missing (backup, entered) SELECT DISTINCT e.backup, 1 FROM hikae_files_entry e
WHERE e.content < 0 AND NOT EXISTS (SELECT 1 FROM hikae_files_missing m WHERE m.backup = e.backup);
