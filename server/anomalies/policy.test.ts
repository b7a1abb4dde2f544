import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Role } from '@celltrail/protocol';
import { namesIn } from './names/names.js';
import { forbiddenBy, readPolicy } from './policy.js';

const folder = mkdtempSync(join(tmpdir(), 'celltrail-policy-'));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (text: string) => {
  writeFileSync(join(folder, 'policy.yml'), text);
  return readPolicy(join(folder, 'policy.yml'));
};
const RULES = `
rules:
  - name: card numbers
    roles: [analyst]
    except: [reza]
    tables: [card_holders]
    functions: [db.get_cards, "*.to_clipboard"]
    files: ["/data/cards*"]
  - name: nothing leaves
    hosts: ["*", "!*.corp.example", "!localhost"]
`;

describe('a policy', () => {
  const forbidden = (code: string, username = 'sara', role: Role = 'analyst') =>
    forbiddenBy(read(RULES), { username, role })(namesIn(code));

  it.each([
    ['db.query("SELECT pan FROM vault.Card_Holders")', ['vault.card_holders']],
    ['x = db.get_cards()', ['db.get_cards']],
    ['df.head().to_clipboard()', ['df.head.to_clipboard']],
    ['DB.Get_Cards()', ['DB.Get_Cards']],
    ['db.query("SELECT 1 FROM old_card_holders")', []],
    ['open("/data/cards.csv")', ['/data/cards.csv']],
    ['get("https://evil.example/")', ['evil.example']],
    ['get("https://api.corp.example/")', []],
    ['card_holders = 1  # FROM card_holders', []],
    ['open("/DATA/cards.csv")', []]
  ])('finds in %p %p', (code, names) => {
    expect(forbidden(code)).toEqual(names);
  });

  it('holds for the roles it names, or for everyone, and not for whom it excepts', () => {
    expect(forbidden('db.get_cards()', 'reza')).toEqual([]);
    expect(forbidden('db.get_cards()', 'sara', 'admin')).toEqual([]);
    expect(forbidden('get("http://a.example")', 'sara', 'admin')).toEqual(['a.example']);
  });

  it.each([
    ['rules:\n  - name: x\n    table: [a]', /policy\.yml, line 3: rules\[0\]\.table: /],
    ['rules:\n  - name: x\n    tables:\n      - a\n      - 7', /line 5: rules\[0\]\.tables\[1\]: .*string/],
    ['rules:\n  - name: x\n    roles: [boss]', /line 3: rules\[0\]\.roles\[0\]: .*analyst/],
    ['rules:\n  - tables: [a]', /line 2: rules\[0\]\.name: /],
    ['rules:\n  - name: x\n    tables: [', /line 3: /],
    ['- a', /line 1: the file: /],
    ['', /line 1: the file: /]
  ])('%p is refused with the line and the field', (text, says) => {
    expect(() => read(text)).toThrow(says);
  });

  it('is written as the example in the docs is', () => {
    const rules = readPolicy(join(__dirname, '../../docs/policy-example.yml'));
    const touched = (code: string, role: Role) => forbiddenBy(rules, { username: 'sara', role })(namesIn(code));
    expect(touched('q("SELECT pan FROM vault.keys JOIN card_holders USING (id)")', 'analyst')).toEqual(['vault.keys', 'card_holders']); // prettier-ignore
    expect(touched('get("https://a.example"); get("http://db.corp.example")', 'auditor')).toEqual(['a.example']);
    expect(touched('df.to_clipboard()', 'admin')).toEqual(['df.to_clipboard']);
  });

  it('that is not there is told by its path', () => {
    expect(() => readPolicy(join(folder, 'missing.yml'))).toThrow(/missing\.yml can't be read \(ENOENT\)/);
    expect(readPolicy(null)).toEqual([]);
  });
});
