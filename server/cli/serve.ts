import { Command } from 'commander';
import { readConfig } from '../config.js';
import { createLog } from '../log.js';
import { startServer, type RunningServer } from '../main.js';
import { SERVER_VERSION } from '../version.js';
import { type Surroundings } from './surroundings.js';

/** `celltrail serve`: runs the server in the foreground until it is told to stop. */
export function serveCommand({ env, out, err }: Surroundings): Command {
  return new Command('serve')
    .description('run the server until Ctrl-C; without AUDIT_DB_CONNECTION with a private Postgres')
    .option('--json', 'print where everything is as one line of JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { config, warnings } = readConfig(env);
      for (const warning of warnings) err(`celltrail: ${warning}`);
      // Before the start, so that who loses patience during it leaves nothing running either.
      const told = untilTold();
      const server = await startServer(config, createLog(config.logLevel));
      for (const line of json ? [JSON.stringify(whereabouts(server))] : announcement(server)) out(line);
      await server.stop(await told);
    });
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Told = (typeof SIGNALS)[number];

/** The first signal resolves; who sends a second one does not want to wait for the end. */
function untilTold(): Promise<Told> {
  return new Promise(resolve => {
    let signals = 0;
    const onSignal = (signal: Told): void => {
      if (++signals > 1) process.exit(1);
      resolve(signal);
    };
    for (const signal of SIGNALS) process.on(signal, () => onSignal(signal));
  });
}

function whereabouts({ portalUrl, urls, database }: RunningServer): Record<string, unknown> {
  return { portal: portalUrl, urls, psql: database.readerHint, embedded: database.embedded, pid: process.pid };
}

function announcement({ portalUrl, database, dataPlace }: RunningServer): string[] {
  return [
    `Celltrail ${SERVER_VERSION} is running.`,
    `  Portal    ${portalUrl}`,
    `  SQL       ${database.readerHint}`,
    `  Data      ${dataPlace}`,
    '  Stop      Ctrl-C'
  ];
}
