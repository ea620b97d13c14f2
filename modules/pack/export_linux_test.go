package pack

// ReadMounts is open to the tests: what is plugged in where they run cannot be known.
var ReadMounts = readMounts
