-- What each cluster was like when its last events were written, so that what happens while Kalmar is down is told afterwards.
CREATE TABLE eventer_memory (
  cluster TEXT PRIMARY KEY,
  essence TEXT NOT NULL
);
