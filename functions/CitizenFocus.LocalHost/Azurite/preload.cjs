// Loaded before Azurite by whoever starts it.
"use strict";

const { Collection } = require("lokijs");

// Whoever started it holds the other end of stdin: even one that was killed takes Azurite along.
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM")).resume().unref();

// At every call to a queue Azurite removes what has expired, mostly nothing, and its garbage collector removes one extent after
// the other; each time lokijs sorts all indexes of the collection anew, which was most of the emulator's work. Nothing to remove
// is nothing to do, and a single document leaves the indexes as remove() does it.
const removeMany = Collection.prototype.removeBatchByPositions;
Collection.prototype.removeBatchByPositions = function (positions) {
  if (positions.length > 1) return removeMany.call(this, positions);
  if (positions.length === 1) this.remove(this.data[positions[0]]);
};

const removeBatch = Collection.prototype.removeBatch;
Collection.prototype.removeBatch = function (batch) {
  if (batch.length > 0) removeBatch.call(this, batch);
};
