declare module 'pouchdb-core'
declare module 'pouchdb-adapter-leveldb'
declare module 'pouchdb-replication'
