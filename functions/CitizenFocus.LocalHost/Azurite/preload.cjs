// Loaded before Azurite by whoever starts it.
"use strict";

const { Collection } = require("lokijs");

// Whoever started it holds the other end of stdin: even one that was killed takes Azurite along.
process.stdin.on("end", () => process.kill(process.pid, "SIGTERM")).resume().unref?.();

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

// With a million rows in a table the emulator would take hours. What follows is for such a run alone, so that all else is measured
// against the emulator as it is.
if (process.env.AZURITE_LARGE_TABLES) {
  // An update looks for its document from one end of each index to the other. Where the indexed value stays, its place does.
  const updateIndex = Collection.prototype.adaptiveBinaryIndexUpdate;
  Collection.prototype.adaptiveBinaryIndexUpdate = function (position, name) {
    const { values } = this.binaryIndices[name];
    const value = this.data[position][name];
    for (let at = Math.max(0, this.calculateRangeStart(name, value, false, false)); at < values.length && this.data[values[at]][name] === value; at++) {
      if (values[at] === position) return;
    }
    updateIndex.call(this, position, name);
  };

  // A query looks at each row of a table, by a program that it makes of the filter, though the rows are indexed by partition. Nearly
  // all queries name one partition; only its rows are looked at then.
  const { default: Tables } = require("azurite/dist/src/table/persistence/LokiTableMetadataStore");
  const queryTableEntities = Tables.prototype.queryTableEntities;
  Tables.prototype.queryTableEntities = function (context, account, table, options, ...rest) {
    const partition = partitionOf(options.filter);
    if (partition === undefined) return queryTableEntities.call(this, context, account, table, options, ...rest);
    const narrowed = Object.create(this, {
      getEntityCollection: {
        value: (...names) => {
          const rows = this.getEntityCollection(...names);
          return { chain: () => rows.chain().find({ PartitionKey: partition }) };
        },
      },
    });
    return queryTableEntities.call(narrowed, context, account, table, options, ...rest);
  };

  // Replacing an entity is done by removing one row and inserting another, which moves all that stand behind it. Its keys stay, so
  // its place and its places in the indexes may.
  const updateTableEntity = Tables.prototype.updateTableEntity;
  Tables.prototype.updateTableEntity = function (...args) {
    const inPlace = Object.create(this, {
      getEntityCollection: {
        value: (...names) => {
          const rows = this.getEntityCollection(...names);
          let before;
          return {
            findOne: (query) => rows.findOne(query),
            remove: (row) => (before = row),
            insert: (row) => replace(rows, before, row),
          };
        },
      },
    });
    return updateTableEntity.apply(inPlace, args);
  };
}

function replace(rows, before, row) {
  const [, position] = rows.get(before.$loki, true);
  Object.assign(row, { $loki: before.$loki, meta: before.meta });
  delete before.$loki;
  delete before.meta;
  rows.data[position] = row;
  rows.dirty = true;
}

// The partition that all rows of a filter are in; undefined where that is not sure. Quotes are emptied, then parentheses taken away
// from within: an alternative is no matter, unless the partition stands in it.
function partitionOf(filter) {
  const named = /^\(*PartitionKey eq '((?:[^']|'')*)'/.exec(filter ?? "");
  if (!named || /\bnot\b/.test(filter)) return undefined;
  let [before, rest] = ["", filter.replace(/'(?:[^']|'')*'/g, "''")];
  const open = (_, inner, at, whole) => (!/\bor\b/.test(inner) ? inner : /^\(*$/.test(whole.slice(0, at)) ? "or" : "");
  while (before !== rest) [before, rest] = [rest, rest.replace(/\(([^()]*)\)/g, open)];
  return /\bor\b/.test(rest) ? undefined : named[1].replaceAll("''", "'");
}
