import { sql, type Kysely } from 'kysely';

/**
 * Which numbers of each page's events arrived, so that one that is missing is seen. A row per page, whatever it sent:
 * looking for holes costs what there are pages with holes, not what is on record.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await makeTable(db);
  await makeView(db);
}

/** Drops what is known of pages' numbers; the events themselves keep theirs. */
export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`DROP VIEW page_holes; DROP TABLE page_sequences`.execute(db);
}

async function makeTable(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE page_sequences (
      page_id uuid NOT NULL,
      username text NOT NULL,
      told bigint,
      arrived int8multirange NOT NULL,
      next_missing bigint NOT NULL GENERATED ALWAYS AS (lower('{[1,)}'::int8multirange - arrived)) STORED,
      hole_since timestamptz,
      heard_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (page_id, username)
    );
    CREATE INDEX page_sequences_hole_since ON page_sequences (hole_since) WHERE hole_since IS NOT NULL;
    COMMENT ON TABLE page_sequences IS
      'Celltrail: which numbers of each Lab tab''s events the server answered, stored or refused; page_holes tells what is missing.';
    COMMENT ON COLUMN page_sequences.page_id IS 'the Lab tab';
    COMMENT ON COLUMN page_sequences.username IS 'the authenticated person who sent them';
    COMMENT ON COLUMN page_sequences.told IS
      'the highest number that the page itself said it had given; null where it never said one';
    COMMENT ON COLUMN page_sequences.arrived IS 'the numbers that were answered, as ranges: {[1,8),[9,12)} lacks 8';
    COMMENT ON COLUMN page_sequences.next_missing IS 'the lowest number that did not arrive';
    COMMENT ON COLUMN page_sequences.hole_since IS
      'since when next_missing is known to be missing; null while nothing is, or the page''s beginning is not known';
    COMMENT ON COLUMN page_sequences.heard_at IS 'when something of the page last came';
    GRANT SELECT, INSERT ON page_sequences TO celltrail_ingest;
    GRANT UPDATE (told, arrived, hole_since, heard_at) ON page_sequences TO celltrail_ingest;
    GRANT SELECT ON page_sequences TO celltrail_reader;
    GRANT SELECT, DELETE ON page_sequences TO celltrail_retention`.execute(db);
}

// An outbox may still deliver for a while. What lies behind a number that arrived was overtaken; what a page told and
// nothing overtook is on its way as long as the page speaks. Another person may have signed in within one page: what
// any of them brought has arrived.
async function makeView(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE VIEW page_holes WITH (security_invoker = true) AS
    SELECT p.page_id, p.username, lower(hole) AS missing_from, upper(hole) - 1 AS missing_to,
           upper(hole) - lower(hole) AS missing, p.hole_since AS since, p.heard_at,
           coalesce(s.waiting, 0) AS waiting
      FROM page_sequences AS p
      LEFT JOIN page_presence AS s ON s.page_id = p.page_id AND s.username = p.username
      CROSS JOIN LATERAL (
        SELECT CASE WHEN p.next_missing >= coalesce(upper(p.arrived), 1) OR p.heard_at < now() - interval '5 minutes'
                    THEN greatest(p.told, upper(p.arrived) - 1) ELSE upper(p.arrived) - 1 END AS number) AS last
      CROSS JOIN LATERAL (
        SELECT range_agg(o.arrived) AS numbers FROM page_sequences AS o WHERE o.page_id = p.page_id) AS page
      CROSS JOIN LATERAL unnest(int8multirange(int8range(1, last.number, '[]')) - page.numbers) AS hole
     WHERE p.hole_since < now() - interval '5 minutes';
    COMMENT ON VIEW page_holes IS
      'Celltrail: events that Lab tabs numbered and that did not arrive within five minutes; a row per run of numbers.';
    COMMENT ON COLUMN page_holes.page_id IS 'the Lab tab';
    COMMENT ON COLUMN page_holes.username IS 'the authenticated person who had it open';
    COMMENT ON COLUMN page_holes.missing_from IS 'number of the first event that is missing';
    COMMENT ON COLUMN page_holes.missing_to IS 'number of the last one in a row';
    COMMENT ON COLUMN page_holes.missing IS 'how many that are';
    COMMENT ON COLUMN page_holes.since IS 'since when the first of the page''s missing events is known to be missing';
    COMMENT ON COLUMN page_holes.heard_at IS 'when something of the page last came';
    COMMENT ON COLUMN page_holes.waiting IS
      'how many events the page last said lie in its browser''s outbox: these may still come';
    GRANT SELECT ON page_holes TO celltrail_ingest, celltrail_reader`.execute(db);
}
