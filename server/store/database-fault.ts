/** Why there is no database to work with. */
export type DatabaseFaultKind =
  | 'unreachable'
  | 'password-refused'
  | 'login-refused'
  | 'database-missing'
  | 'too-old'
  | 'rights-missing'
  | 'schema-newer'
  | 'migration-failed'
  | 'platform-unsupported'
  | 'root-refused'
  | 'folder-unwritable'
  | 'folder-in-use'
  | 'folder-damaged'
  | 'folder-version'
  | 'start-failed';

/** The database can't be used; the message tells what is wrong and what to do, and no secret. */
export class DatabaseFault extends Error {
  constructor(
    readonly kind: DatabaseFaultKind,
    /** what is wrong, one sentence */
    readonly what: string,
    /** what to do about it, one sentence */
    readonly fix: string,
    cause?: unknown
  ) {
    super(`${what}\n${fix}`, { cause });
    this.name = 'DatabaseFault';
  }
}
