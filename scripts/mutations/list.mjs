/**
 * Ways to break the outbox: each loses, doubles, misattributes or never delivers something, or tells people otherwise.
 * @type {{ name: string, file: string, from: string, to: string }[]}
 */
export const MUTATIONS = [
  {
    name: 'an event is deleted before its answer',
    file: 'sender.ts',
    from: '    const heard = await exchange(surroundings, `${endpoint()}/api/events`, {',
    to: '    await this.parts.shelf.remove(batch);\n    const heard = await exchange(surroundings, `${endpoint()}/api/events`, {'
  },
  {
    name: 'a list of answers that is too short acknowledges',
    file: 'verdict.ts',
    from: 'Array.isArray(answers) && answers.length === events',
    to: 'Array.isArray(answers)'
  },
  {
    name: 'what was refused is acknowledged',
    file: 'queue.ts',
    from: "else if (answer?.outcome === 'refused') into.refused.push({ key, problem: answer.problem });",
    to: "else if (answer?.outcome === 'refused') into.acknowledged.push(key);"
  },
  {
    name: 'an answer that nobody can read acknowledges',
    file: 'queue.ts',
    from: "if (answer?.outcome === 'stored' || answer?.outcome === 'duplicate') into.acknowledged.push(key);",
    to: "if (answer?.outcome !== 'refused') into.acknowledged.push(key);"
  },
  {
    name: 'a duplicate is never acknowledged',
    file: 'queue.ts',
    from: "answer?.outcome === 'stored' || answer?.outcome === 'duplicate'",
    to: "answer?.outcome === 'stored'"
  },
  {
    name: 'an event that a proxy does not let through is refused for good',
    file: 'queue.ts',
    from: "if (problem === null) return kept(setAside(reached, only.key, 'too-large-on-the-way', now, random));",
    to: "if (problem === null) return { queue: reached, acknowledged: [], refused: [{ key: only.key, problem: { type: 'too-large', title: 'too large', status: 413 } }] };"
  },
  {
    name: 'a portal page counts as an answer',
    file: 'verdict.ts',
    from: '  if (heard.status === 200) {\n',
    to: "  if (heard.status === 200 && heard.body === undefined) {\n    return { kind: 'answered', answers: Array<Answer>(events).fill({ outcome: 'stored' }) };\n  }\n  if (heard.status === 200) {\n"
  },
  {
    name: 'what a tab captured is filed under whom it was told last, not who was signed in',
    file: 'credential.ts',
    from: '    this.name = username;\n',
    to: '    this.name ??= username;\n'
  },
  {
    name: 'a batch names nobody',
    file: 'sender.ts',
    from: "body: batchBody(page(), credential.username ?? '', batch),",
    to: 'body: batchBody(page(), credential.username ?? \'\', batch).replace(/"actor":"[^"]*",/, \'\'),'
  },
  {
    name: 'what the disk refused once is not offered again',
    file: 'intake.ts',
    from: 'this.cancelWait = this.surroundings.after(STORE_AGAIN_MS, () => void this.save());',
    to: 'this.cancelWait = () => undefined;'
  },
  {
    name: 'what the disk refused is dropped',
    file: 'intake.ts',
    from: '        this.listener.onChange([]);\n        return;\n',
    to: '        this.keep(entry => !batch.includes(entry));\n        this.listener.onChange([]);\n        return;\n'
  },
  {
    name: 'a stored event is called stored before it is',
    file: 'intake.ts',
    from: '        lost = await this.database.add(batch, this.bounds());\n',
    to: '        this.listener.onChange(batch);\n        lost = await this.database.add(batch, this.bounds());\n'
  },
  {
    name: "unclaimed events are nobody's for ever",
    file: 'outbox.ts',
    from: '      await this.shelf.claim(username, this.parts.pageId);\n',
    to: ''
  },
  {
    name: 'a lease that stands still is not taken over on plain http',
    file: 'lease.ts',
    from: 'if (beat && !mine && !this.watch.isStale(beat)) return this.set(false);',
    to: 'if (beat && !mine) return this.set(false);'
  }
];
