// Runs the states before the steps of a night many times, with executions and events mixed by chance:
//   node turns.js MODULES TEMPLATE ROUNDS
// Their JSONata is evaluated by its own implementation; DynamoDB and Step Functions are this file.
const [modules, file, rounds] = process.argv.slice(2);
const path = require('path');
const jsonata = require(path.resolve(modules, 'jsonata'));
const template = require(path.resolve(file));
const machine = template.Resources.Night.Properties.Definition;
const WORK = 'Set the time of the snapshots';

const parsed = {};

async function value(node, states, variables) {
  if (typeof node === 'string' && node.startsWith('{%')) {
    const text = node.slice(2, -2);
    return (parsed[text] ??= jsonata(text)).evaluate({}, { states, ...variables });
  }
  if (Array.isArray(node)) {
    return Promise.all(node.map((one) => value(one, states, variables)));
  }
  if (node && typeof node === 'object') {
    const object = {};
    for (const key in node) {
      object[key] = await value(node[key], states, variables);
    }
    return object;
  }
  return node;
}

function check(holds, problem) {
  if (!holds) {
    throw new Error(problem);
  }
}

/** Evaluates a condition of alternatives, as far as they occur. */
function isPut(condition, values, current) {
  return condition.split(' OR ').some((part) => {
    if (part === 'attribute_not_exists(id)') {
      return current === undefined;
    }
    const match = /^runBy (?:= |IN \()([:a-z, ]+)\)?$/.exec(part);
    check(match, 'unknown condition ' + part);
    return (
      current !== undefined &&
      match[1].split(', ').some((name) => {
        check(values[name], name + ' has no value in ' + condition);
        return values[name].S === current.runBy.S;
      })
    );
  });
}

async function round(seed) {
  let state = seed;
  const random = (n) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    // Its low bits are not by chance.
    return (state >> 8) % n;
  };
  const table = {};
  const executions = {};
  let clock = 0;
  let atWork = null;
  const isKilling = seed % 2 === 0;
  const killing = 5 + random(60);
  const pause = 2 + random(30);
  const count = 2 + random(8);
  const events = [];
  for (let i = 0; i < count; i++) {
    const object = { key: 'key ' + i, sequencer: '' + i };
    const event = { source: 'aws.s3', detail: { bucket: { name: 'drop' }, object } };
    events.push(event, ...(random(2) ? [event] : []));
  }
  while (clock++ < 20000) {
    const live = Object.values(executions).filter((one) => one.status === 'RUNNING');
    if (events.length && (random(pause) === 0 || !live.length)) {
      const id = 'arn:' + Object.keys(executions).length;
      const input = events.splice(random(events.length), 1)[0];
      executions[id] = { id, input, at: machine.StartAt, status: 'RUNNING', variables: {}, since: clock, work: 0 };
      continue;
    }
    if (!live.length) {
      break;
    }
    const one = live[random(live.length)];
    if (isKilling && clock < 400 && random(killing) === 0) {
      Object.assign(one, { status: 'ABORTED', ended: clock });
      atWork = atWork === one ? null : atWork;
    } else if (one.at === WORK) {
      check(atWork === null || atWork === one, 'two are at work');
      atWork = one;
      one.begun ??= clock;
      if (++one.work > 20) {
        one.status = 'SUCCEEDED';
        atWork = null;
      }
    } else {
      await step(one, table, executions);
    }
  }
  const all = Object.values(executions);
  for (const one of all) {
    check(one.status !== 'RUNNING', 'an execution goes round and round in ' + one.at);
    if (one.end === 'The event was seen before') {
      check(all.some((other) => other !== one && other.input === one.input), 'an event was lost');
    } else if (one.status === 'SUCCEEDED' && one.begun === undefined) {
      // Who is aborted is told of.
      const isSeen = (other) => (other.begun ?? other.ended) >= one.since;
      check(all.some(isSeen), 'nobody sees what ' + one.id + ' was started for');
    }
  }
  return all;
}

async function step(one, table, executions) {
  const state = machine.States[one.at];
  const states = {
    input: one.input,
    context: { Execution: { Id: one.id, Name: one.id, StartTime: '2026-01-31T23:26:00.123Z' } },
  };
  if (state.Type === 'Succeed') {
    Object.assign(one, { status: 'SUCCEEDED', end: one.at });
    return;
  }
  if (state.Type === 'Choice') {
    const isTrue = (await value(state.Choices[0].Condition, states, one.variables)) === true;
    one.at = isTrue ? state.Choices[0].Next : state.Default;
    return;
  }
  if (state.Type === 'Task') {
    const given = await value(state.Arguments, states, one.variables);
    if (state.Resource.endsWith(':putItem')) {
      const id = given.Item.id.S;
      if (!isPut(given.ConditionExpression, given.ExpressionAttributeValues, table[id])) {
        one.at = state.Catch[0].Next;
        return;
      }
      table[id] = given.Item;
    } else if (state.Resource.endsWith(':getItem')) {
      states.result = { Item: table[given.Key.id.S] };
    } else {
      check(executions[given.ExecutionArn], 'there is no execution ' + given.ExecutionArn);
      states.result = { Status: executions[given.ExecutionArn].status };
    }
    Object.assign(one.variables, await value(state.Assign ?? {}, states, one.variables));
  }
  one.at = state.Next;
}

(async () => {
  const ends = {};
  for (let seed = 1; seed <= Number(rounds); seed++) {
    for (const one of await round(seed * 7919)) {
      const end = one.end ?? (one.status === 'ABORTED' ? 'aborted' : 'worked');
      ends[end] = (ends[end] ?? 0) + 1;
    }
  }
  console.log(JSON.stringify(ends));
})().catch((e) => {
  console.error(e.message);
  process.exit(1);
});
