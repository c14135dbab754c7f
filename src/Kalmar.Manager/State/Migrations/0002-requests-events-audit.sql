-- Lock-out of users and their API tokens; requests with the journal of their steps; events; the audit log and its head.
-- Times are milliseconds since 1970-01-01 UTC; a flag is 0 or 1.
ALTER TABLE users ADD COLUMN failed_sign_ins INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN locked_until BIGINT NULL;

CREATE TABLE api_tokens (
  id {identity},
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NULL,
  last_used_at BIGINT NULL
);

CREATE TABLE requests (
  number {identity},
  id TEXT NOT NULL UNIQUE,
  cluster TEXT NOT NULL,
  cluster_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  headline TEXT NOT NULL,
  state TEXT NOT NULL,
  error INTEGER NOT NULL,
  error_message TEXT NOT NULL,
  status TEXT NOT NULL,
  actor TEXT NOT NULL,
  address TEXT NOT NULL,
  requested_at BIGINT NOT NULL,
  completed_at BIGINT NULL,
  plan_text TEXT NOT NULL
);
CREATE INDEX requests_by_state ON requests (state, number);
CREATE INDEX requests_by_cluster ON requests (cluster, number);

-- A step's row is written as 'sending' before its command leaves, and as 'answered' or 'judged' after.
CREATE TABLE request_steps (
  request_id TEXT NOT NULL,
  step INTEGER NOT NULL,
  phase TEXT NOT NULL,
  at BIGINT NOT NULL,
  sends INTEGER NOT NULL,
  result BIGINT NOT NULL,
  map_version BIGINT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (request_id, step)
);

CREATE TABLE events (
  id {identity},
  at BIGINT NOT NULL,
  severity INTEGER NOT NULL,
  kind TEXT NOT NULL,
  cluster TEXT NOT NULL,
  entity TEXT NOT NULL,
  server TEXT NOT NULL,
  message TEXT NOT NULL
);
CREATE INDEX events_by_cluster ON events (cluster, id);
CREATE INDEX events_by_severity ON events (severity, id);
CREATE INDEX events_by_entity ON events (entity, id);
CREATE INDEX events_by_time ON events (at);

-- hash = SHA-256 over the hash of the line before and the line; what a line is, says docs/audit.md.
CREATE TABLE audit_lines (
  sequence BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  address TEXT NOT NULL,
  action TEXT NOT NULL,
  cluster TEXT NOT NULL,
  object TEXT NOT NULL,
  outcome TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE TABLE audit_head (
  one INTEGER PRIMARY KEY,
  sequence BIGINT NOT NULL,
  hash TEXT NOT NULL
);
