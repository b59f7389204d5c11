// The tests wait more than they work: in the browser, for a mail, for a lease to run out.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
