// A broker of MQTT 3.1 and 3.1.1 that nobody here wrote: node aedes.cjs PACKAGE PORT [TOPIC]
// With TOPIC it closes the connection of whoever publishes to another one, which is how MQTT 3 refuses a message.
const [, , aedesPackage, port, only] = process.argv
const broker = require(aedesPackage)()
if (only) {
  broker.authorizePublish = (client, packet, done) => done(packet.topic === only ? null : new Error('not allowed'))
}
broker.on('publish', (packet, client) => {
  if (client) console.log(`${packet.topic} ${packet.payload}`)
})
require('net').createServer(broker.handle).listen(Number(port), '127.0.0.1', () => console.log('listening'))
