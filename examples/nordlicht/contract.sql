-- Optional: the lines of the servers' logs, a row a file and day.
create table logs (
    log_id      varchar primary key, -- the file of a day
    system_name varchar, -- where; empty means not recorded
    written_at  timestamptz, -- when its last line was written
    deleted_at  timestamptz -- when it was deleted; empty means still stored
);
