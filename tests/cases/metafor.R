# Pools the trials of metafor_input.csv by an independent program: Rscript tests/cases/metafor.R
# from the root of the project, with Debian's r-cran-metafor. Run once; its answer is
# tests/cases/metafor.csv, which tests/analysis/evidence/test_pooling.py compares with.
suppressMessages(library(metafor))
input <- read.csv("tests/cases/metafor_input.csv")
found <- do.call(rbind, lapply(unique(input$set), function(name) {
  some <- input[input$set == name, ]
  plain <- rma(yi = some$effect, sei = some$error, method = "PM", test = "knha",
               control = list(tol = 1e-12))
  wide <- rma(yi = some$effect, sei = some$error, method = "PM", test = "adhoc",
              control = list(tol = 1e-12))
  ahead <- predict(plain)
  q <- rma(yi = some$effect, sei = some$error, method = "EE")$QE
  data.frame(set = name, trials = plain$k, estimate = as.numeric(plain$beta), low = plain$ci.lb,
             high = plain$ci.ub, cautious_low = wide$ci.lb, cautious_high = wide$ci.ub,
             predicted_low = ahead$pi.lb, predicted_high = ahead$pi.ub, tau = sqrt(plain$tau2),
             q = q)
}))
write.csv(format(found, digits = 12), "tests/cases/metafor.csv", row.names = FALSE, quote = FALSE)
