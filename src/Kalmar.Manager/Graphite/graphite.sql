-- What Graphite's users store. Times of events are unix seconds.
CREATE TABLE IF NOT EXISTS tagged_series (
  id {identity},
  path TEXT NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS graphite_events (
  id {identity},
  happened_at BIGINT NOT NULL,
  what TEXT NOT NULL,
  tags TEXT NOT NULL,
  data TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS graphite_events_by_time ON graphite_events (happened_at);
CREATE TABLE IF NOT EXISTS stored_items (
  kind TEXT NOT NULL,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (kind, owner, name)
);
CREATE TABLE IF NOT EXISTS short_links (
  id {identity},
  address TEXT NOT NULL UNIQUE
);
