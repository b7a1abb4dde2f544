import { Command, Option } from 'commander';
import { ROLES } from '@celltrail/protocol/schemas';
import { type Role } from '@celltrail/protocol';
import { readConfig } from '../config.js';
import { digestOf, newToken } from '../identity/secret-text.js';
import { createLog } from '../log.js';
import { migrateToLatest, schemaState } from '../store/migrate.js';
import { openStore, type Store } from '../store/open.js';
import { visitDatabase } from '../store/provide.js';
import { recordServerEvent } from '../store/server-events.js';
import { insertToken, listTokens, revokeToken, type TokenRow } from '../store/tokens.js';
import { expiryOf } from './expiry.js';
import { NotWell } from './outcome.js';
import { type Surroundings } from './surroundings.js';
import { tableLines } from './table.js';

interface CreateOptions {
  user: string;
  role?: Role;
  expires: string;
  json?: boolean;
}

/** `celltrail token`: who may come in, where `AUDIT_AUTH` is `token`. */
export function tokenCommand(surroundings: Surroundings): Command {
  return new Command('token')
    .description('make, list and revoke the tokens of identity mode token')
    .addCommand(createCommand(surroundings))
    .addCommand(listCommand(surroundings))
    .addCommand(revokeCommand(surroundings));
}

function createCommand(surroundings: Surroundings): Command {
  const { out, err } = surroundings;
  return new Command('create')
    .description('make a token and show it, this once')
    .argument('<name>', 'what you will call it, as sara-lab')
    .requiredOption('--user <name>', 'the person whom the server takes its bearer for')
    .addOption(
      new Option('--role <role>', 'what it may do; without: as AUDIT_ADMINS and AUDIT_AUDITORS say').choices([...ROLES])
    )
    .option('--expires <when>', 'days as 90d, a day as 2027-03-20, or never', '365d')
    .option('--json', 'print it as JSON')
    .action(async (name: string, { user, role = undefined, expires, json }: CreateOptions) => {
      const expires_at = expiryOf(expires, new Date());
      if (expires_at === undefined)
        return fail(err, '--expires takes days as 90d, a day to come as 2027-03-20, or never');
      if (!isName(name) || !isName(user)) return fail(err, 'a name has 1 to 255 printable characters');
      await inStore(surroundings, async ({ db }, by) => {
        const token = newToken();
        const row = { name, username: user, role: role ?? null, hash: digestOf(token), created_by: by, expires_at };
        const made = await db.transaction().execute(async tx => {
          const inserted = await insertToken(tx, row);
          if (inserted)
            await recordServerEvent(tx, { type: 'token.created', username: by, at: new Date(), body: about(inserted) });
          return inserted;
        });
        if (!made) return fail(err, `there is a token ${name} already: revoke it first, or choose another name`);
        for (const line of json ? [JSON.stringify({ ...made, token })] : shownOnce(made, token)) out(line);
      });
    });
}

function listCommand(surroundings: Surroundings): Command {
  return new Command('list')
    .description('show which tokens there are; what they are is shown nowhere')
    .option('--json', 'print them as JSON')
    .action(({ json }: { json?: boolean }) =>
      inStore(surroundings, async ({ db }) => {
        const tokens = await listTokens(db);
        for (const line of json ? [JSON.stringify(tokens)] : asTable(tokens, Date.now())) surroundings.out(line);
      })
    );
}

function revokeCommand(surroundings: Surroundings): Command {
  const { out, err } = surroundings;
  return new Command('revoke')
    .description('refuse a token from now on, and end the sessions that it opened')
    .argument('<name>', 'what it is called')
    .option('--json', 'print it as JSON')
    .action((name: string, { json }: { json?: boolean }) =>
      inStore(surroundings, async ({ db }, by) => {
        const revoked = await db.transaction().execute(async tx => {
          const row = await revokeToken(tx, name, by);
          if (row)
            await recordServerEvent(tx, { type: 'token.revoked', username: by, at: new Date(), body: about(row) });
          return row;
        });
        if (!revoked) return fail(err, `there is no token ${name} that is not revoked`);
        out(
          json
            ? JSON.stringify(revoked)
            : `The token ${name} of ${revoked.username} is revoked; servers know within five seconds.`
        );
      })
    );
}

/** Works on the database that the configuration names, as the server does. @param work the second is who works */
async function inStore({ env, err }: Surroundings, work: (store: Store, by: string) => Promise<void>): Promise<void> {
  const { config, warnings } = readConfig(env);
  for (const warning of warnings) err(`celltrail: ${warning}`);
  const log = createLog('silent');
  const database = await visitDatabase(config, log);
  try {
    // On a database without any schema there is nothing that a newer version could break.
    const owner = await openStore(database.owner, { role: null, log, connections: 1 });
    const { applied, current } = await schemaState(owner.db).finally(() => owner.close());
    if (!applied.length) await migrateToLatest(database.owner, log);
    else if (!current) return fail(err, 'the schema is not this version’s; run: celltrail migrate');
    const store = await openStore(database.ingest, { role: 'celltrail_ingest', log, connections: 1 });
    await work(store, config.user).finally(() => store.close());
  } finally {
    await database.stop();
  }
}

/** What the record says of a token. */
function about({ id, name, username, role, expires_at }: TokenRow): Record<string, unknown> {
  return { token_id: id, name, of: username, role, expires_at };
}

function shownOnce({ name, username, role, expires_at }: TokenRow, token: string): string[] {
  return [
    token,
    '',
    `The token ${name} of ${username}, ${role ?? 'role by AUDIT_ADMINS and AUDIT_AUDITORS'}, ${expires_at ? `until ${expires_at}` : 'without an end'}.`,
    'It is not shown again. In the portal: paste it to sign in. In an image: AUDIT_TOKEN or AUDIT_TOKEN_FILE.'
  ];
}

function asTable(tokens: readonly TokenRow[], now: number): string[] {
  const columns = ['name', 'user', 'role', 'state', 'created', 'by', 'expires'].map(name => ({ name, numeric: false }));
  const rows = tokens.map(({ name, username, role, created_at, created_by, expires_at, revoked_at }) => {
    const expired = expires_at !== null && Date.parse(expires_at) <= now;
    const state = revoked_at ? 'revoked' : expired ? 'expired' : 'valid';
    return [
      name,
      username,
      role ?? 'by name',
      state,
      created_at.slice(0, 10),
      created_by,
      expires_at?.slice(0, 10) ?? 'never'
    ];
  });
  return tableLines(columns, rows);
}

function isName(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what is refused
  return text.length > 0 && text.length <= 255 && !/[\u0000-\u001f\u007f]/.test(text);
}

function fail(err: (line: string) => void, message: string): never {
  err(`celltrail: ${message}`);
  throw new NotWell();
}
