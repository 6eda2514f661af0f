// Drives the server with npm's ksqldb-client: node ksqldb-client.mjs MODULES PORT. Prints one JSON object.
import { createRequire } from 'node:module';

const [modules, port] = process.argv.slice(2);
const KsqldbClient = createRequire(`${modules}/`)('ksqldb-client');
const client = new KsqldbClient({ host: 'http://127.0.0.1', port: Number(port) });
const told = {};

await client.connect();
told.created = (await client.executeStatement(
  "CREATE STREAM socks (id STRING KEY, image STRING) WITH (kafka_topic='socks', value_format='json', partitions=1);")).data.rows[0].commandStatus.status;
await client.executeStatement('CREATE TABLE newest AS SELECT id, LATEST_BY_OFFSET(image) AS image FROM socks GROUP BY id EMIT CHANGES;');
told.streams = (await client.listStreams()).map(stream => stream.name);
told.tables = (await client.listTables()).map(table => table.name);
told.topics = (await client.listTopics()).map(topic => topic.name);
told.queries = (await client.listQueries()).map(query => query.id);
told.fields = (await client.describeSource('socks')).fields.map(field => field.name);
told.mistake = (await client.executeStatement('DROP STREAM shoes;')).error.error_code;

const pushed = [];
let queryId;
let ready;
let ended;
const started = new Promise(resolve => { ready = resolve; });
const done = new Promise(resolve => { ended = resolve; });
const stream = client.streamQuery('SELECT id, image FROM socks EMIT CHANGES;', answer => {
  queryId ??= answer.metadata.queryId;
  ready();
  pushed.push(...(answer.rows ?? []));
  if (pushed.length === 2) ended();
});
await started;
told.inserted = (await client.insertInto('socks', { ID: 'a', IMAGE: 'Google' })).data.rows[0].status;
told.refused = (await client.insertInto('socks', { ID: 'b', NO: 1 })).error.status;
await client.insertInto('socks', { ID: 'b', IMAGE: 'Mongo' });
await done;
told.pushed = pushed;
told.closed = (await client.terminatePushQuery(queryId)).status;
told.ended = (await stream).status;

for (let tries = 0; tries < 200; tries++) {
  const pull = await client.query("SELECT * FROM newest WHERE id = 'b';");
  told.pulled = pull.data?.rows;
  if (told.pulled?.length) break;
}
await client.disconnect();
console.log(JSON.stringify(told));
