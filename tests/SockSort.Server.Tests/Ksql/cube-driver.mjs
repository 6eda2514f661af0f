// Drives the server with Cube's ksql driver: node cube-driver.mjs MODULES PORT. Prints one JSON object.
import { createRequire } from 'node:module';

const [modules, port] = process.argv.slice(2);
const { KsqlDriver } = createRequire(`${modules}/`)('@cubejs-backend/ksql-driver');
const driver = new KsqlDriver({ url: `http://127.0.0.1:${port}`, username: '', password: '', dataSource: 'default' });
const told = {};

await driver.testConnection();
told.created = (await driver.query(
  "CREATE STREAM SOCKS (id VARCHAR KEY, image VARCHAR, n INTEGER) WITH (kafka_topic='socks', value_format='json', partitions=1)")).commandStatus.status;
told.param = (await driver.query(
  'CREATE STREAM DOTS AS SELECT * FROM SOCKS WHERE image = ?', ['Dots'], { streamOffset: 'earliest' })).commandStatus.status;
await driver.loadPreAggregationIntoTable(
  'SHOP.COUNTS', 'CREATE TABLE `SHOP.COUNTS` AS SELECT id, COUNT(*) AS seen FROM SOCKS GROUP BY id', [], { streamOffset: 'earliest' });
await driver.query('CREATE TABLE `SHOP-WINDOWS` AS SELECT id, COUNT(*) AS seen FROM SOCKS WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY id');
told.tables = (await driver.fetchTables()).map(table => table.fullTableName).sort();
told.ofSchema = (await driver.getTablesQuery('shop')).map(table => table.table_name).sort();
told.schema = await driver.tablesSchema();
told.types = (await driver.downloadTable('SHOP.WINDOWS', {})).types;
const download = await driver.downloadQueryResults('SELECT * FROM SHOP-COUNTS', [], { streamOffset: 'earliest' });
told.download = [download.streamingTable, download.partitions, download.streamOffset, download.types];
told.refused = await driver.query('DROP STREAM SHOES').catch(error => error.message);
told.select = await driver.query('SELECT 1').catch(error => error.message);
told.dropped = (await driver.dropTable('SHOP.COUNTS')).commandStatus.status;
told.left = (await driver.fetchTables()).map(table => table.fullTableName).sort();
console.log(JSON.stringify(told));
