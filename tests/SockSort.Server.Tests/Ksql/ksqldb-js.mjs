// Drives the server with npm's ksqldb-js: node ksqldb-js.mjs MODULES PORT. Prints one JSON object.
import { createRequire } from 'node:module';

const [modules, port] = process.argv.slice(2);
const Ksqldb = createRequire(`${modules}/`)('ksqldb-js');
const client = new Ksqldb({ ksqldbURL: `http://127.0.0.1:${port}` });
const told = {};

const created = await client.createStream('SOCKS', ['id VARCHAR KEY', 'image VARCHAR', 'n INTEGER'], 'socks', 'json', 1);
told.created = created.data[0].commandStatus.status;
told.streamQuery = await client.createStreamAs('CHECKS', ['id', 'image'], 'SOCKS', { kafka_topic: 'checks', value_format: 'json' }, "image = 'Checks'", '');
const table = await client.createTableAs('COUNTS', 'SOCKS', ['id', 'COUNT(*) AS seen'], { topic: 'counts' }, { GROUP_BY: 'id' });
told.table = table.data[0].commandStatus.status;

const pushed = [];
let enough;
const done = new Promise(resolve => { enough = resolve; });
const queryId = await client.push('SELECT id, image FROM SOCKS EMIT CHANGES;', chunk => {
  pushed.push(JSON.parse(chunk));
  if (pushed.length === 4) enough();
});
told.inserted = await client.insertStream('SOCKS', [
  { id: 'a', image: 'Checks', n: 1 }, { id: 'b', image: 'Dots', n: 2 }, { id: 'a', image: 'Checks', n: 3 }]);
await done;
told.columns = pushed[0].columnNames;
told.pushed = pushed.slice(1);
told.terminated = (await client.terminate(queryId)).wasTerminated;

for (let tries = 0; tries < 200; tries++) {
  told.pulled = (await client.pull("SELECT * FROM COUNTS WHERE id = 'a';")).slice(1);
  if (told.pulled[0]?.[1] === 2) break;
}
told.between = (await client.pullFromTo('SOCKS', 'Europe/Berlin', ['2020-01-01', '00', '00', '00'])).map(row => row.slice(0, 3));
told.listed = (await client.ksql('LIST STREAMS;')).streams.map(stream => stream.name).sort();
told.mistake = await client.ksql('DROP STREAM shoes;').catch(error => error.message);
told.status = (await client.inspectQueryStatus('stream/`SOCKS`/create')).data.status;
told.info = Object.keys((await client.inspectServerInfo()).data.KsqlServerInfo).sort();
told.health = (await client.inspectServerHealth()).data.isHealthy;
told.cluster = Object.keys((await client.inspectClusterStatus()).data);
told.valid = (await client.isValidProperty('auto.offset.reset')).data;
console.log(JSON.stringify(told));
