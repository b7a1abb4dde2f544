import { Command } from 'commander';
import { ConfigError } from '../config.js';
import { ListenError } from '../http/listen.js';
import { problem } from '../problems.js';
import { DatabaseFault } from '../store/database-fault.js';
import { describeFailure, NotWell, runProgram } from './outcome.js';

describe('describeFailure', () => {
  it('lists every fault of the configuration with its fix', () => {
    const faults = [
      { name: 'AUDIT_PORT', fix: 'use a number' },
      { name: 'AUDIT_AUTH', fix: 'use loopback' }
    ];
    const { message, fix } = describeFailure(new ConfigError(faults));
    expect(message).toBe('The configuration is not right.');
    expect(fix).toBe('AUDIT_PORT: use a number\n     AUDIT_AUTH: use loopback');
  });

  it.each([
    [new ListenError('Port 8001 is in use', 'Choose another.'), 'Port 8001 is in use', 'Choose another.'],
    [new DatabaseFault('too-old', 'It is Postgres 14.', 'Use 15.'), 'It is Postgres 14.', 'Use 15.'],
    [problem('stopping', { fix: 'wait' }), 'The server is stopping', 'wait'],
    ['text', 'text', null]
  ])('knows what to say about %p', (error, message, fix) => {
    expect(describeFailure(error)).toEqual({ message, fix });
  });

  it('shows where a bug is', () => {
    expect(describeFailure(new TypeError('x is undefined')).message).toMatch(/x is undefined\n\s+at /);
  });
});

describe('runProgram', () => {
  const program = (error?: unknown) =>
    new Command('celltrail')
      .exitOverride()
      .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
      .action(() => {
        if (error) throw error as Error;
      });

  it.each<[string, unknown, string[], number]>([
    ['all is well', undefined, [], 0],
    ['the command said that it is not', new NotWell(), [], 1],
    ['something failed', new ListenError('taken', 'move'), [], 1],
    ['an option does not exist', undefined, ['--nothing'], 1],
    ['only help was wanted', undefined, ['--help'], 0]
  ])('ends right when %s', async (_, error, argv, code) => {
    expect(await runProgram(program(error), argv, () => undefined)).toBe(code);
  });

  it('tells one message and its fix', async () => {
    const told: string[] = [];
    await runProgram(program(new ListenError('taken', 'move')), [], line => told.push(line));
    expect(told).toEqual(['celltrail: taken', 'Fix: move']);
  });
});
