import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOnlyQuery } from '../store/read-only-query.js';
import { databases } from './databases.js';
import { makeSampleRecord, type SampleRecord } from './sample-record.js';

const page = readFileSync(join(__dirname, '../../docs/sql.md'), 'utf8');
/** What each statement is there for, and the statement. */
const questions = [...page.matchAll(/^(.+):\n```sql\n([\s\S]*?)```/gm)].map(
  found => [found[1]!, found[2]!.trim()] as const
);

for (const database of databases) {
  describe(`the statements of docs/sql.md on ${database.name}`, () => {
    let record: SampleRecord;
    beforeAll(async () => {
      record = await makeSampleRecord(database);
    });
    afterAll(() => record.drop());

    it('stand below the question that they answer, each', () => {
      expect(questions.length).toBeGreaterThan(25);
      expect(page.match(/```sql/g)).toHaveLength(questions.length);
    });

    it.each(questions)('find something as the reader: %s', async (_, statement) => {
      const { fields, rows } = await record.reader.query<Record<string, unknown>>(statement);
      expect(rows.length).toBeGreaterThan(0);
      // A column that is empty in every row would hide a name that is misspelt inside JSON.
      for (const { name } of fields) expect([name, rows.some(row => row[name] !== null)]).toEqual([name, true]);
    });

    it.each(questions)('are one statement that reads, as celltrail sql takes it: %s', async (_, statement) => {
      const { rows } = await readOnlyQuery(record.fresh.superuser, statement, { role: 'celltrail_reader', timeoutMs: 20_000, asText: true }); // prettier-ignore
      expect(rows.length).toBeGreaterThan(0);
    });
  });
}
