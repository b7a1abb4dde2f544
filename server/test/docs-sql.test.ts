import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { databases, type FreshDatabase } from './databases.js';

const page = readFileSync(join(__dirname, '../../docs/sql.md'), 'utf8');
const statements = [...page.matchAll(/```sql\n([\s\S]*?)```/g)].map(match => match[1]!.trim());

for (const database of databases) {
  describe(`the statements of docs/sql.md on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let reader: pg.Client;

    beforeAll(async () => {
      fresh = await database.fresh();
      reader = new pg.Client(fresh.reader);
      await reader.connect();
    });
    afterAll(async () => {
      await reader.end();
      await fresh.drop();
    });

    it('are there', () => expect(statements.length).toBeGreaterThan(10));

    it.each(statements)('run as the reader: %s', async statement => {
      const { fields } = await reader.query(statement);
      expect(fields.length).toBeGreaterThan(0);
    });
  });
}
