// At a desk there is room for the filters beside the list; on a phone they stay folded until they are asked for.
const filters = document.querySelector(".filters");
if (matchMedia("(min-width: 900px)").matches) filters.open = true;
