# Value of information from the draws alone, in R: no line of the model is used.
# Made with R 4.2.2 (Debian r-base-core). Again:
#   python -m models sample --layout savi --draws 200 --out DIR
#   Rscript tests/cases/evpi.R DIR tests/cases/evpi.csv
arguments <- commandArgs(trailingOnly = TRUE)
costs <- as.matrix(read.csv(file.path(arguments[1], "costs.csv"), check.names = FALSE))
effects <- as.matrix(read.csv(file.path(arguments[1], "effects.csv"), check.names = FALSE))
rows <- lapply(c(0, 20000, 50000, 80000), function(value) {
  benefit <- value * effects - costs
  best <- apply(benefit, 1, max)
  data.frame(
    reference_value = value,
    preferred = colnames(benefit)[which.max(colMeans(benefit))],
    evpi = mean(best) - max(colMeans(benefit)),
    chance_preferred = mean(benefit[, which.max(colMeans(benefit))] == best)
  )
})
options(digits = 15)
write.csv(do.call(rbind, rows), arguments[2], row.names = FALSE, quote = FALSE)
