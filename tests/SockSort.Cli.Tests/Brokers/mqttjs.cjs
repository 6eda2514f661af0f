// A client of mqtt.js: subscribes, publishes one message of each QoS, and prints what comes back.
// usage: node mqttjs.cjs PACKAGE URL VERSION USER PASSWORD
const [, , mqttPackage, url, version, username, password] = process.argv;
const mqtt = require(mqttPackage);
const client = mqtt.connect(url, {
  username, password, protocolVersion: Number(version), reconnectPeriod: 0, connectTimeout: 20000, rejectUnauthorized: false,
});

let left = 3;
client.on("error", (error) => {
  console.log(`error: ${error.message}`);
  process.exit(1);
});
client.on("close", () => process.exit(left === 0 ? 0 : 2));
client.on("message", (topic, payload, packet) => {
  console.log(`${topic} ${payload.length} ${packet.qos}`);
  if (--left === 0) client.end();
});
client.on("connect", async () => {
  await client.subscribeAsync("web/#", { qos: 2 });
  for (const qos of [0, 1, 2]) await client.publishAsync(`web/${qos}`, Buffer.alloc(qos * 100000), { qos });
});
