"""The benefits of a person (550: five free, five protections, no burden): who is entitled, and each use."""
