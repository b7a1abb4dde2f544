import pg from 'pg';

const lib = path => import(new URL(`../../server/lib/server/${path}`, import.meta.url));
const { createFeeds } = await lib('follow/followers.js');
const { openStore } = await lib('store/open.js');

/** From so many rows on the trigram index is made at the end: row by row it takes hours, which nobody's first day has. */
const AT_ONCE = 2_000_000;
const TRIGRAMS = 'CREATE INDEX search_texts_trigrams ON search_texts USING gin (text gin_trgm_ops)';

/** Lets all that follows the record catch up, as the server does beside ingest. @param {number} rows how many there are */
export async function followers({ connection, found }, rows, log, say) {
  const owner = new pg.Client({ connectionString: connection });
  await owner.connect();
  const store = await openStore(connection, { role: 'celltrail_ingest', log, statementTimeoutMs: 600_000 });
  const atOnce = !found && rows > AT_ONCE;
  if (atOnce) await owner.query('DROP INDEX IF EXISTS search_texts_trigrams');
  const catchUp = async ({ name, batch, feed }) => {
    const began = performance.now();
    let taken = 0;
    let told = 0;
    for (let more; (more = await feed(90_000, atOnce ? 20_000 : batch));) {
      taken += more;
      if (taken - told >= 500_000) say(`${name}: ${whole((told = taken))} rows`);
    }
    const seconds = (performance.now() - began) / 1000;
    say(`${name} took ${whole(taken)} rows in, ${whole(taken / seconds)} a second`);
  };
  // Beside each other, as in a server.
  await Promise.all(createFeeds(store.db).map(catchUp));
  if (atOnce) {
    await owner.query(TRIGRAMS);
    say('the trigram index is made');
  }
  await store.close();
  await owner.end();
}

const whole = value => Math.round(value).toLocaleString('en-US');
