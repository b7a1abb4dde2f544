import { createLog } from './log.js';

function capture(): { lines: Record<string, unknown>[]; write(line: string): void } {
  const lines: Record<string, unknown>[] = [];
  return { lines, write: line => lines.push(JSON.parse(line) as Record<string, unknown>) };
}

describe('the log', () => {
  it('writes a JSON line with the figures and the sentence', () => {
    const to = capture();
    createLog('info', to).info({ events: 3, took_ms: 1.5 }, 'batch committed');
    expect(to.lines).toMatchObject([{ level: 30, events: 3, took_ms: 1.5, msg: 'batch committed' }]);
  });

  it('hides what slips in under the name of a secret', () => {
    const to = capture();
    createLog('info', to).info({ password: 'p', connection: 'postgres://u:p@h/d', code: 'print(1)' }, 'oops');
    expect(JSON.stringify(to.lines)).not.toMatch(/postgres:|print|"p"/);
  });

  it('is quiet below its level', () => {
    const to = capture();
    createLog('warn', to).info('nothing');
    expect(to.lines).toEqual([]);
  });
});
