-- What can be looked for has columns of its own; all that is known of a thing is its data, in JSON of ASCII characters.

CREATE TABLE IF NOT EXISTS hikae_generation (
    id VARCHAR(200) NOT NULL,
    medium VARCHAR(200) NOT NULL,
    disk VARCHAR(200) NOT NULL,
    disk_number BIGINT NOT NULL,
    group_name VARCHAR(200),
    state VARCHAR(20) NOT NULL,
    seen TIMESTAMP WITH TIME ZONE,
    data TEXT NOT NULL,
    PRIMARY KEY (id, medium)
);

CREATE TABLE IF NOT EXISTS hikae_group (
    name VARCHAR(200) NOT NULL PRIMARY KEY,
    disk VARCHAR(200) NOT NULL,
    data TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS hikae_job (
    id BIGINT NOT NULL PRIMARY KEY,
    kind VARCHAR(200) NOT NULL,
    state VARCHAR(20) NOT NULL,
    started TIMESTAMP WITH TIME ZONE,
    ended TIMESTAMP WITH TIME ZONE,
    data TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS hikae_update (
    updated TIMESTAMP WITH TIME ZONE NOT NULL
);
