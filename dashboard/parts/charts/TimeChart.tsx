import { Area, Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useWords } from '../../shell/language.js';
import styles from './TimeChart.module.css';

/** One course over time. */
export interface Series {
  key: string;
  name: string;
  kind: 'bar' | 'line' | 'area';
  colour: string;
  /** the scale at the end of the language's line; the others stand at its beginning */
  second?: boolean;
  format: (value: number) => string;
}

interface TimeChartProps {
  /** what it shows, for those who do not see it; its table says the same in full */
  label: string;
  rows: readonly (Readonly<Record<string, number | string | null>> & { at: string })[];
  series: readonly Series[];
  /** short, beneath the line */
  tick: (at: string) => string;
  /** in full, over the values */
  moment: (at: string) => string;
}

const HEIGHT = 260;

/** Courses over time. In Persian time runs from right to left and the scales change sides, as the words do. */
export default function TimeChart({ label, rows, series, tick, moment }: TimeChartProps) {
  const { direction } = useWords();
  const mirrored = direction === 'rtl';
  const [first, second] = [series.find(each => !each.second), series.find(each => each.second)];
  return (
    <div className={styles.chart} role="img" aria-label={label} dir="ltr">
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <ComposedChart data={[...rows]} accessibilityLayer={false} margin={{ top: 12, right: 18, bottom: 4, left: 18 }}>
          <CartesianGrid vertical={false} stroke="var(--ct-line)" />
          <XAxis
            dataKey="at"
            reversed={mirrored}
            tickFormatter={(at: string) => isolated(tick(at), direction)}
            tickLine={false}
            stroke="var(--ct-line-strong)"
            tick={TICK}
            minTickGap={28}
          />
          <YAxis
            yAxisId="first"
            orientation={mirrored ? 'right' : 'left'}
            tickFormatter={(value: number) => isolated(first?.format(value) ?? '', direction)}
            axisLine={false}
            tickLine={false}
            tick={TICK}
            width={62}
            allowDecimals={false}
          />
          {second && (
            <YAxis
              yAxisId="second"
              orientation={mirrored ? 'left' : 'right'}
              tickFormatter={(value: number) => isolated(second.format(value), direction)}
              axisLine={false}
              tickLine={false}
              tick={TICK}
              width={56}
            />
          )}
          <Tooltip
            isAnimationActive={false}
            content={({ active, label: at, payload }) =>
              active && payload.length ? (
                <Values
                  title={moment(String(at))}
                  values={series.map(each => ({ ...each, value: numberOf(payload[0]?.payload, each.key) }))}
                />
              ) : null
            }
          />
          {series.map(({ key, kind, colour, second: isSecond }) => {
            const shared = { dataKey: key, yAxisId: isSecond ? 'second' : 'first', isAnimationActive: false } as const;
            if (kind === 'bar')
              return <Bar key={key} {...shared} fill={colour} maxBarSize={26} radius={[3, 3, 0, 0]} />;
            if (kind === 'area')
              return <Area key={key} {...shared} stroke={colour} fill={colour} fillOpacity={0.16} strokeWidth={2} />;
            return <Line key={key} {...shared} stroke={colour} strokeWidth={2} dot={false} connectNulls={false} />;
          })}
        </ComposedChart>
      </ResponsiveContainer>
      <Legend series={series} />
    </div>
  );
}

const TICK = { fill: 'var(--ct-quiet)', fontSize: 12, fontFamily: 'var(--ct-font-text)' };

/** Words in an SVG whose base is left to right: RLI and PDI keep a Persian date or share in its own order (UAX #9, §2.4). */
function isolated(text: string, direction: 'ltr' | 'rtl'): string {
  return direction === 'rtl' ? `\u2067${text}\u2069` : text;
}

function numberOf(row: unknown, key: string): number | null {
  const value = (row as Record<string, unknown> | undefined)?.[key];
  return typeof value === 'number' ? value : null;
}

function Values({ title, values }: { title: string; values: (Series & { value: number | null })[] }) {
  const { direction } = useWords();
  return (
    <div className={styles.values} dir={direction}>
      <p className={styles.title}>{title}</p>
      {values.map(({ key, name, colour, value, format }) => (
        <p key={key} className={styles.value}>
          <span className={styles.swatch} style={{ background: colour }} />
          {name} <b>{value === null ? '–' : format(value)}</b>
        </p>
      ))}
    </div>
  );
}

function Legend({ series }: { series: readonly Series[] }) {
  const { direction } = useWords();
  return (
    <p className={styles.legend} dir={direction} aria-hidden="true">
      {series.map(({ key, name, colour }) => (
        <span key={key} className={styles.value}>
          <span className={styles.swatch} style={{ background: colour }} />
          {name}
        </span>
      ))}
    </p>
  );
}
