-- What the center remembers besides what is on media: requests that wait or are done, and transfers. Instants are milliseconds since 1970.
CREATE TABLE IF NOT EXISTS hikae_files_request (
    id BIGINT NOT NULL PRIMARY KEY,
    origin VARCHAR(100) NOT NULL,
    backup VARCHAR(100) NOT NULL,
    number BIGINT NOT NULL,
    info VARCHAR(2000) NOT NULL,
    arrived BIGINT NOT NULL,
    UNIQUE (origin, backup, number)
);
CREATE TABLE IF NOT EXISTS hikae_files_done (
    id BIGINT NOT NULL PRIMARY KEY,
    info VARCHAR(2000) NOT NULL,
    arrived BIGINT NOT NULL,
    ended BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS hikae_files_transfer (
    id BIGINT NOT NULL PRIMARY KEY,
    origin VARCHAR(100) NOT NULL,
    backup VARCHAR(100) NOT NULL,
    number BIGINT NOT NULL,
    peer VARCHAR(100) NOT NULL,
    address VARCHAR(100) NOT NULL,
    started BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    first_frame BIGINT NOT NULL,
    frames BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    outcome VARCHAR(30) NOT NULL,
    forced BOOLEAN NOT NULL,
    why VARCHAR(2000)
);
CREATE INDEX IF NOT EXISTS hikae_files_transfer_origin ON hikae_files_transfer (origin, id);
CREATE INDEX IF NOT EXISTS hikae_files_transfer_peer ON hikae_files_transfer (peer, id);
-- Parts that were received, and of whose transfer nothing is in the history yet.
CREATE TABLE IF NOT EXISTS hikae_files_unrecorded (
    origin VARCHAR(100) NOT NULL,
    backup VARCHAR(100) NOT NULL,
    number BIGINT NOT NULL,
    first BIGINT NOT NULL,
    frames BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    ended BOOLEAN NOT NULL,
    entered BIGINT NOT NULL,
    PRIMARY KEY (origin, backup, number, first)
);
-- A row once all media were looked at, since the tables were made or emptied.
CREATE TABLE IF NOT EXISTS hikae_files_whole (
    since BIGINT NOT NULL PRIMARY KEY
);
CREATE INDEX IF NOT EXISTS hikae_files_part_medium ON hikae_files_part (medium, run, first);
