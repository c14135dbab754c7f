-- Who may sign in. Times are milliseconds since 1970-01-01 UTC; name_key is the name in upper case, so that "Admin" and "admin" are one.
CREATE TABLE users (
  id {identity},
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  security_stamp TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  password_changed_at BIGINT NOT NULL,
  last_sign_in_at BIGINT NULL
);
