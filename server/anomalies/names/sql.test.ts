import fc from 'fast-check';
import { tablesIn } from './sql.js';

describe('the tables of an SQL text', () => {
  it.each([
    ['insert into x (a, b) select * from y, z', ['x', 'y', 'z']],
    ['UPDATE accounts SET a = 1', ['accounts']],
    ['delete from only a.b using c where a.b.id = c.id', ['a.b', 'c']],
    ['TRUNCATE TABLE a, b', ['a', 'b']],
    ['DROP TABLE IF EXISTS "My Table"', ['my table']],
    ['SELECT * FROM `db`.`cards`', ['db.cards']],
    ['select * from (select * from inner_one) x, outer_one', ['inner_one', 'outer_one']],
    ['select * from (a join b on true)', ['a', 'b']],
    ['select * from a left join lateral (select 1 from b) x on true, c', ['a', 'b', 'c']],
    ['SELECT * FROM a UNION ALL SELECT * FROM b', ['a', 'b']],
    ['copy cards to stdout', ['cards']],
    ['describe cards', ['cards']],
    ['SELECT (SELECT max(x) FROM a) FROM b WHERE c IN (SELECT d FROM e)', ['a', 'b', 'e']],
    ['MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN UPDATE SET x = 1', ['a', 'b']]
  ])('%p are %p', (text, tables) => {
    expect(tablesIn(text)).toEqual(tables);
  });

  it.each([
    "SELECT 1 -- FROM secret\n /* FROM secret */ WHERE a = 'x FROM secret'",
    'SELECT extract(year FROM secret), trim(both FROM secret)',
    'SELECT 1 WHERE a IS DISTINCT FROM secret',
    'SELECT * FROM secret(1)',
    'SELECT $$ x FROM secret $$',
    'WITH secret AS (SELECT 1) SELECT * FROM secret',
    'WITH a AS (SELECT 1), secret (x) AS MATERIALIZED (SELECT 2) SELECT * FROM secret',
    'WITH RECURSIVE secret AS (SELECT 1 UNION SELECT * FROM secret) SELECT * FROM secret',
    'please select it from secret'
  ])('%p names no secret', text => {
    expect(tablesIn(text)).not.toContain('secret');
  });

  it('that WITH gives the name of a table are that table still', () => {
    expect(tablesIn('WITH secret AS (SELECT * FROM secret) SELECT * FROM secret')).toEqual(['secret']);
  });

  it('are found without an end in any text', () => {
    const parts = fc.constantFrom(
      'select ',
      'from ',
      'with ',
      'as ',
      '(',
      ')',
      ',',
      '.',
      '"',
      "'",
      'a ',
      '$$',
      '/*',
      '--'
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), text => void tablesIn(`select ${text.join('')}`)),
      { numRuns: 2000 }
    );
  });
});
