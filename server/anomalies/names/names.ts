import { type SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import { partsOf } from './cells.js';
import { chainOf, childrenOf } from './chains.js';
import { importsOf, type Alias } from './imports.js';
import { placesIn } from './places.js';
import { tablesIn } from './sql.js';
import { Texts } from './texts.js';

/** What a code names, as its syntax says it, not its letters. */
export interface Names {
  /** as `db.get_cards`: what is called, imported or handed on */
  functions: string[];
  /** in texts that are SQL, and in calls that take a table's name, as `card_holders` or `vault.card_holders` */
  tables: string[];
  /** texts that are paths or addresses, as `/data/cards.csv` */
  files: string[];
  hosts: string[];
  /** that are imported, as `sklearn.linear_model` */
  modules: string[];
  /** what imports call things in the rest of the kernel's life */
  aliases: Alias[];
}

/** UTF-16 code units of a code that are read. */
export const READ = 100_000;
const TABLE_CALLS = /(?:^|\.)(?:table|Table|read_sql_table|to_sql|saveAsTable|insertInto|to_gbq)$/;
const HOST_NAMES = new Set(['host', 'hostname', 'server', 'hostaddr']);

/** The names in a cell of a Python kernel. A code that is no Python gives what its texts and calls give still. */
export function namesIn(code: string): Names {
  const { python, sql, words } = partsOf(code.slice(0, READ));
  const found = new Found(python);
  sql.forEach(text => found.sql(text));
  words.forEach(word => found.places(word));
  parser.parse(python).iterate({ enter: ({ node }) => found.enter(node) });
  return found.names();
}

/** What was found in a cell so far. */
class Found {
  private readonly functions = new Set<string>();
  private readonly tables = new Set<string>();
  private readonly files = new Set<string>();
  private readonly hosts = new Set<string>();
  private readonly modules = new Set<string>();
  private readonly aliases: Alias[] = [];
  /** the end of the last text that was read whole: its parts are not read again */
  private readTo = -1;
  private readonly texts: Texts;

  constructor(private readonly source: string) {
    this.texts = new Texts(source);
  }

  enter(node: SyntaxNode): void {
    const { source } = this;
    if (node.name === 'ImportStatement') this.imports(node);
    else if (node.name === 'MemberExpression' && node.lastChild?.name === 'PropertyName')
      this.functions.add(chainOf(node, source));
    else if (node.name === 'CallExpression') this.call(node);
    if (node.from < this.readTo) return;
    const text = this.texts.of(node);
    if (text === null) return;
    this.readTo = node.to;
    this.sql(text);
    this.places(text);
  }

  sql(text: string): void {
    tablesIn(text).forEach(name => this.tables.add(name));
  }

  places(text: string): void {
    const { files, hosts } = placesIn(text);
    files.forEach(name => this.files.add(name));
    hosts.forEach(name => this.hosts.add(name));
  }

  names(): Names {
    const told = (names: ReadonlySet<string>) => [...names].filter(isTold);
    return {
      functions: told(this.functions),
      tables: told(this.tables),
      files: told(this.files),
      hosts: told(this.hosts),
      modules: [...this.modules],
      aliases: this.aliases
    };
  }

  private imports(node: SyntaxNode): void {
    const { modules, named, aliases } = importsOf(node, this.source);
    modules.forEach(name => this.modules.add(name));
    named.forEach(name => this.functions.add(name));
    this.aliases.push(...aliases);
  }

  private call(node: SyntaxNode): void {
    const { source } = this;
    const [callee, list] = childrenOf(node);
    if (!callee || !list) return;
    const name = chainOf(callee, source);
    this.functions.add(name);
    const parts = childrenOf(list);
    const [first, second] = parts.filter(each => !'(),'.includes(each.name));
    const text = first && this.texts.of(first);
    // `getattr(db, "get_cards")` and `import_module("vault")` say it in a text.
    if (name === 'getattr' && first && second) {
      const attribute = this.texts.of(second);
      if (attribute !== null) this.functions.add(`${chainOf(first, source)}.${attribute}`);
    } else if (/(?:^|\.)(?:import_module|__import__)$/.test(name) && text) this.modules.add(text);
    else if (TABLE_CALLS.test(name) && text) this.tables.add(text.toLowerCase());
    for (const [i, each] of parts.entries()) {
      const value = parts[i + 2];
      if (parts[i + 1]?.name !== 'AssignOp' || !value || !HOST_NAMES.has(source.slice(each.from, each.to))) continue;
      const host = this.texts.of(value);
      if (host && !/[\s/]/.test(host)) this.hosts.add(host.toLowerCase());
    }
  }
}

/** Whether anything of a name is known: the host of `f"https://{x}/"` is not. */
function isTold(name: string): boolean {
  return /[\p{L}\p{N}]/u.test(name);
}
