import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { METRICS } from '../operations/metrics.js';
import { databases, type FreshDatabase } from './databases.js';
import { post, send } from './request.js';
import { startTestServer, type TestServer } from './running-server.js';
import { batch, execution, PAGE_ID } from './sample-events.js';

for (const database of databases)
  describe(`/metrics on ${database.name}`, () => {
    let fresh: FreshDatabase;
    let server: TestServer;
    beforeAll(async () => {
      fresh = await database.fresh();
      server = await startTestServer(fresh);
    });
    afterAll(async () => {
      await server.stop();
      await fresh.drop();
    });

    /** The value of each line of the format, by its name with its labels. */
    const scrape = async (): Promise<Map<string, number>> => {
      const { text } = await send(server.port, '/metrics');
      const lines = text.split('\n').filter(line => line && !line.startsWith('#'));
      return new Map(lines.map(line => [line.replace(/ [^ ]*$/, ''), Number(/[^ ]*$/.exec(line)![0])]));
    };

    it('counts events by what became of them', async () => {
      const page = { page_id: PAGE_ID, extension_version: '0.1.0', capturing: true, waiting: 3, refused: 1 };
      const event = execution();
      const body = { ...batch(event, event, { type: 'nonsense' }), page };
      expect((await post(server.port, '/api/events', JSON.stringify(body))).status).toBe(200);
      await post(server.port, '/api/events', JSON.stringify({ protocol: 99, events: [] }));
      const values = await scrape();
      const of = (labels: string): number | undefined => values.get(`celltrail_events_total{${labels}}`);
      expect([
        of('outcome="stored",reason=""'),
        of('outcome="duplicate",reason=""'),
        of('outcome="refused",reason="event-type-unknown"')
      ]).toEqual([1, 1, 1]);
      expect(values.get('celltrail_batches_total{answer="ok"}')).toBe(1);
      expect(values.get('celltrail_commit_events_count')).toBe(1);
      expect(values.get('celltrail_requests_total{method="POST",route="/api/events",status="400"}')).toBe(1);
      expect(values.get('celltrail_pages{state="recording"}')).toBe(1);
      expect(values.get('celltrail_browser_events{why="waiting"}')).toBe(3);
      expect(values.get('celltrail_browser_events{why="refused"}')).toBe(1);
      expect(values.get('celltrail_waiting_events')).toBe(0);
      expect(values.get('celltrail_database_up')).toBe(1);
    });

    it('adds up what two browsers of one person hold', async () => {
      const page = { extension_version: '0.1.0', capturing: true, refused: 0 };
      const browsers = [
        { ...page, page_id: '11111111-6a0e-4d0c-9a39-0f6f1d2f7a11', browser_id: randomUUID(), waiting: 5 },
        { ...page, page_id: '22222222-6a0e-4d0c-9a39-0f6f1d2f7a11', browser_id: randomUUID(), waiting: 7 }
      ];
      for (const one of browsers) await post(server.port, '/api/events', JSON.stringify({ ...batch(), page: one }));
      // The first test's page belongs to no browser that it named, and holds 3.
      expect((await scrape()).get('celltrail_browser_events{why="waiting"}')).toBe(15);
    });

    it('speaks the format that Prometheus reads, and says so', async () => {
      const { headers } = await send(server.port, '/metrics');
      expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    });

    it('names nobody', async () => {
      expect((await send(server.port, '/metrics')).text).not.toContain('test_user');
    });

    it('has each metric of the docs, and the docs have each of its own', async () => {
      const { text } = await send(server.port, '/metrics');
      const told = readFileSync('docs/operations.md', 'utf8');
      for (const [name, sentence] of Object.entries(METRICS)) {
        expect(text).toContain(`# HELP ${name} ${sentence}`);
        expect(told).toContain(`| \`${name}\` | ${sentence} |`);
      }
    });
  });
