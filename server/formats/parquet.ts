import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { EXPORTED_COLUMNS, EXPORTED_NAMES, type ColumnKind, type Exported, type ExportedRow } from './exported-rows.js';

/**
 * Rows and characters of a row group: it is held whole. The file's footer, which is written last, keeps some 10 KB for
 * each, so small groups would make a long file's footer large.
 */
const GROUP = { rows: 10_000, characters: 4 * 1024 * 1024 };

type Element = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

const OPTIONAL = { repetition_type: 'OPTIONAL' } as const;
const TEXT = { ...OPTIONAL, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;
const KINDS: Record<Exclude<ColumnKind, 'texts'>, Omit<Element, 'name'>> = {
  text: TEXT,
  integer: { ...OPTIONAL, type: 'INT64' },
  number: { ...OPTIONAL, type: 'DOUBLE' },
  boolean: { ...OPTIONAL, type: 'BOOLEAN' },
  time: {
    ...OPTIONAL,
    type: 'INT64',
    converted_type: 'TIMESTAMP_MICROS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' }
  }
};

const SCHEMA: Element[] = [
  { name: 'root', num_children: EXPORTED_NAMES.length },
  ...EXPORTED_NAMES.flatMap((name): Element[] => {
    const kind = EXPORTED_COLUMNS[name];
    if (kind !== 'texts') return [{ name, ...KINDS[kind] }];
    return [
      { name, ...OPTIONAL, num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', ...TEXT }
    ];
  })
];

/** Rows as a Parquet file with a type for each column, compressed by Snappy. Apache Parquet format 2.10 */
export async function* parquet(batches: AsyncIterable<readonly ExportedRow[]>): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter();
  const file = new ParquetWriter({ writer, schema: SCHEMA, createdBy: 'celltrail' });
  const take = (): Uint8Array => {
    const bytes = writer.getBytes().slice();
    writer.index = 0;
    return bytes;
  };
  let group: ExportedRow[] = [];
  let characters = 0;
  for await (const rows of batches) {
    group.push(...rows);
    characters += rows.reduce((sum, row) => sum + charactersOf(row), 0);
    if (group.length < GROUP.rows && characters < GROUP.characters) continue;
    await file.write({ columnData: columns(group), rowGroupSize: group.length });
    group = []; // before the bytes go out: their reader may take its time
    characters = 0;
    yield take();
  }
  if (group.length) await file.write({ columnData: columns(group), rowGroupSize: group.length });
  await file.finish();
  yield take();
}

function charactersOf({ code, code_json, error_traceback }: ExportedRow): number {
  return [code, code_json, error_traceback].reduce<number>((sum, text) => sum + String(text ?? '').length, 0);
}

function columns(rows: readonly ExportedRow[]) {
  return EXPORTED_NAMES.map(name => ({
    name,
    data: rows.map(row => asStored(EXPORTED_COLUMNS[name], row[name] ?? null)),
    // An index of pages is kept until the end of the file: too much for a long one.
    offsetIndex: false
  }));
}

function asStored(kind: ColumnKind, value: Exported): Exported | bigint {
  if (value === null) return null;
  if (kind === 'integer') return BigInt(value as number);
  return kind === 'time' ? microseconds(value as string) : value;
}

/** Microseconds since 1970 of an instant in ISO 8601; null for one that has no year of four digits. */
function microseconds(instant: string): bigint | null {
  const ms = Date.parse(`${instant.slice(0, 23)}Z`);
  return Number.isNaN(ms) ? null : BigInt(ms) * 1000n + BigInt(instant.slice(23, -1).padEnd(3, '0'));
}
